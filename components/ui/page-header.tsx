type Props = {
  title: React.ReactNode;
  /** One sentence: what is seen here, and whether it is well. */
  sentence?: React.ReactNode;
  actions?: React.ReactNode;
};

/** The head of a page: where one is, how it stands, what one can do. */
export function PageHeader({ title, sentence, actions }: Props) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="text-xl leading-7 font-semibold tracking-tight">{title}</h1>
        {sentence && <p className="text-muted">{sentence}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}

/** The column of a page's parts. */
export function Page({ children }: { children: React.ReactNode }) {
  return <div className="mx-auto grid w-full max-w-6xl grid-cols-1 gap-5">{children}</div>;
}
