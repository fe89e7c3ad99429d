type Props = {
  title: string;
  /** What will be here, and what brings it. */
  children?: React.ReactNode;
  /** The one action to begin. */
  action?: React.ReactNode;
  icon?: React.ReactNode;
};

/** Nothing yet: what this is for, and the one way to begin. */
export function EmptyState({ title, children, action, icon }: Props) {
  return (
    <div className="flex flex-col items-center px-6 py-10 text-center">
      {icon && (
        <span aria-hidden className="mb-3 text-muted [&>svg]:size-5">
          {icon}
        </span>
      )}
      <p className="font-semibold">{title}</p>
      {children && <div className="mt-1 max-w-md text-muted">{children}</div>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}
