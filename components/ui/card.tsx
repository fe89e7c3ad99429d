type CardProps = {
  /** The card's heading; without it the card is only a surface. */
  title?: string;
  /** A few words beside the heading. */
  note?: React.ReactNode;
  /** A link or button at the heading's end. */
  action?: React.ReactNode;
  /** No padding: a table or list brings its own. */
  flush?: boolean;
  /** The heading's level. */
  level?: 2 | 3;
  className?: string;
  children?: React.ReactNode;
};

/** A surface with a hairline. One subject each. */
export function Card({
  title,
  note,
  action,
  flush,
  level = 2,
  className = "",
  children,
}: CardProps) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section
      className={`min-w-0 rounded-lg border border-border bg-surface ${flush ? "" : "p-4"} ${className}`}
    >
      {title && (
        <div
          className={`flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 ${flush ? "px-4 pt-4 pb-3" : "pb-3"}`}
        >
          <div className="flex min-w-0 flex-wrap items-baseline gap-x-2">
            <Heading className="font-semibold">{title}</Heading>
            {note && <p className="text-xs text-muted">{note}</p>}
          </div>
          {action && <div className="text-xs font-medium">{action}</div>}
        </div>
      )}
      {children}
    </section>
  );
}

type SectionProps = {
  title: string;
  /** One sentence: what this part is for. */
  description?: React.ReactNode;
  children: React.ReactNode;
};

/** A part of a settings-like page: what it is on the left, the controls on the right. */
export function Section({ title, description, children }: SectionProps) {
  return (
    <section className="grid gap-x-8 gap-y-4 border-t border-border py-6 first:border-t-0 md:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
      <div>
        <h2 className="font-semibold">{title}</h2>
        {description && <p className="mt-1 text-muted">{description}</p>}
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}

/** Label and value, line by line. */
export function Facts({ children }: { children: React.ReactNode }) {
  return <dl className="grid gap-2">{children}</dl>;
}

export function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 tabular-nums">{children}</dd>
    </div>
  );
}
