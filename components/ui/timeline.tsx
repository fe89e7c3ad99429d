import { Moment } from "#components/ui/moment";
import { StatusDot, type Tone } from "#components/ui/status";

export type Happening = {
  readonly key: string;
  readonly at: Date | string;
  readonly title: React.ReactNode;
  readonly detail?: React.ReactNode;
  readonly tone?: Tone;
};

/** What happened, the newest first. */
export function Timeline({ label, items }: { label: string; items: readonly Happening[] }) {
  return (
    <ol aria-label={label} className="relative grid gap-4">
      {items.map(({ key, at, title, detail, tone = "quiet" }) => (
        <li key={key} className="relative grid grid-cols-[1rem_1fr] gap-x-2">
          <span className="flex h-5 items-center justify-center">
            <StatusDot tone={tone} />
          </span>
          <div className="min-w-0">
            <p className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span>{title}</span>
              <span className="text-xs text-muted">
                <Moment at={at} />
              </span>
            </p>
            {detail && <div className="text-xs break-words text-muted">{detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
