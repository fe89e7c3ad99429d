type Props = {
  title: string;
  /** It is the whole page, so its title is the page's heading. */
  isPage?: boolean;
  /** What will be here, and what brings it. */
  children?: React.ReactNode;
  /** The one action to begin. */
  action?: React.ReactNode;
  icon?: React.ReactNode;
};

/** Nothing yet: what this is for, and the one way to begin. */
export function EmptyState({ title, isPage, children, action, icon }: Props) {
  const Title = isPage ? "h1" : "p";
  return (
    <div className="flex flex-col items-center px-6 py-10 text-center">
      {icon && (
        <span aria-hidden className="mb-3 text-muted [&>svg]:size-5">
          {icon}
        </span>
      )}
      <Title className="font-semibold">{title}</Title>
      {children && <div className="mt-1 max-w-md text-muted">{children}</div>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}
