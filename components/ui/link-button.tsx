import { buttonVariants } from "@heroui/styles";
import Link from "next/link";

type Props = {
  href: string;
  variant?: "primary" | "secondary" | "tertiary" | "ghost" | "outline" | "danger" | "danger-soft";
  size?: "sm" | "md" | "lg";
  fullWidth?: boolean;
  className?: string;
  "aria-label"?: string;
  children: React.ReactNode;
};

/** A link that looks like a button, because it goes somewhere that matters. Costs no script. */
export function LinkButton({ variant, size, fullWidth, className = "", children, ...rest }: Props) {
  const styles = buttonVariants({
    variant: variant ?? "primary",
    ...(size ? { size } : {}),
    ...(fullWidth ? { fullWidth } : {}),
  });
  return (
    <Link className={`${styles} ${className}`} {...rest}>
      {children}
    </Link>
  );
}

/** A link within text or at a card's head. */
export function TextLink({ href, children }: { href: string; children: React.ReactNode }) {
  return (
    <Link
      href={href}
      className="rounded-xs font-medium text-link underline-offset-2 hover:underline"
    >
      {children}
    </Link>
  );
}
