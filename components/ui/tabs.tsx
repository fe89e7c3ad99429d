import Link from "next/link";

export type Tab = {
  readonly label: string;
  readonly href: string;
  readonly isCurrent: boolean;
  /** How many are behind it, where that matters. */
  readonly count?: number | undefined;
};

/** Views of one list, each with an address of its own. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label} className="-mb-px flex overflow-x-auto border-b border-border">
      {tabs.map(({ label: name, href, isCurrent, count }) => (
        <Link
          key={href}
          href={href}
          aria-current={isCurrent ? "page" : undefined}
          className="flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-3 text-muted -outline-offset-2 hover:text-foreground aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-foreground aria-[current=page]:[scroll-initial-target:nearest] pointer-coarse:h-11"
        >
          {name}
          {count ? (
            <span className="rounded-sm bg-default px-1 text-2xs tabular-nums">{count}</span>
          ) : null}
        </Link>
      ))}
    </nav>
  );
}
