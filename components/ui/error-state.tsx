import { CircleAlert } from "lucide-react";

type Props = {
  /** What happened. */
  title: string;
  /** It is the whole page, so its title is the page's heading. */
  isPage?: boolean;
  /** What is safe, and what to do. */
  children?: React.ReactNode;
  action?: React.ReactNode;
  reference?: { label: string; id: string } | undefined;
};

/** A part that failed: what happened, what is safe, what to do. */
export function ErrorState({ title, isPage, children, action, reference }: Props) {
  const Title = isPage ? "h1" : "p";
  return (
    <div role="alert" className="flex flex-col items-center px-6 py-12 text-center">
      <CircleAlert aria-hidden className="mb-3 size-5 text-danger" />
      <Title className="font-semibold">{title}</Title>
      {children && <div className="mt-1 max-w-md text-muted">{children}</div>}
      {action && <div className="mt-4 flex gap-2">{action}</div>}
      {reference && (
        <p className="mt-4 text-xs text-muted">
          {reference.label} <code className="font-mono">{reference.id}</code>
        </p>
      )}
    </div>
  );
}
