type Props = {
  title: string;
  lead?: React.ReactNode;
  children: React.ReactNode;
  /** The other way, below the card. */
  footer?: React.ReactNode;
};

/** The card of every page on the way in. */
export function AuthPanel({ title, lead, children, footer }: Props) {
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
      {lead && <p className="mt-1 text-muted">{lead}</p>}
      <div className="mt-5 grid gap-4 rounded-lg border border-border bg-surface p-5">
        {children}
      </div>
      {footer && <p className="mt-4 text-center text-muted">{footer}</p>}
    </>
  );
}
