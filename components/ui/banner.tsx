import { CircleAlert, Clock, Info } from "lucide-react";

const kinds = {
  info: { Icon: Info, className: "border-border bg-surface" },
  warning: { Icon: Clock, className: "border-warning/50 bg-warning-soft" },
  danger: { Icon: CircleAlert, className: "border-danger/40 bg-danger-soft" },
} as const;

type Props = {
  kind?: keyof typeof kinds;
  /** What is the matter, and by when. */
  title: React.ReactNode;
  /** What follows from it, and how long the mend takes. */
  children?: React.ReactNode;
  /** The one thing to do about it. */
  action?: React.ReactNode;
};

/** Something a person should know before they go on. */
export function Banner({ kind = "info", title, children, action }: Props) {
  const { Icon, className } = kinds[kind];
  return (
    <div
      role={kind === "danger" ? "alert" : "status"}
      className={`flex flex-wrap items-center gap-x-3 gap-y-3 rounded-lg border px-4 py-3 ${className}`}
    >
      <div className="flex min-w-0 flex-1 basis-64 items-start gap-3">
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
        <p className="min-w-0">
          <strong className="font-semibold">{title}</strong> {children}
        </p>
      </div>
      {action}
    </div>
  );
}
