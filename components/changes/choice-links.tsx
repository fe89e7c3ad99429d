import Link from "next/link";

type Props = {
  label: string;
  links: readonly { href: string; label: string; isCurrent: boolean }[];
};

/** One of a few, each an address of its own: what it does is shown before it is chosen for good. */
export function ChoiceLinks({ label, links }: Props) {
  return (
    <nav aria-label={label} className="grid gap-1">
      <p aria-hidden className="font-medium">
        {label}
      </p>
      <ul className="flex flex-wrap gap-1.5">
        {links.map(({ href, label: word, isCurrent }) => (
          <li key={href}>
            <Link
              href={href}
              replace
              scroll={false}
              aria-current={isCurrent ? "true" : undefined}
              className="flex min-h-9 items-center rounded-lg border border-border bg-surface px-3 py-1 hover:border-field-border aria-[current=true]:border-accent aria-[current=true]:font-medium aria-[current=true]:ring-1 aria-[current=true]:ring-accent pointer-coarse:min-h-11"
            >
              {word}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
