import Link from "next/link";
import { Stat } from "#components/ui/stat";

type Props = {
  label: string;
  value: React.ReactNode;
  note?: React.ReactNode;
  /** The rows behind the figure. */
  href: string;
};

/** A figure that opens the rows it counts. */
export function StatLink({ href, ...stat }: Props) {
  return (
    <Link
      href={href}
      className="rounded-lg [&>section]:h-full [&:hover>section]:border-muted/60 [&:hover>section]:bg-default/30"
    >
      <Stat {...stat} />
    </Link>
  );
}
