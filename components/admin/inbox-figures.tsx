import { BoundedCount } from "#components/admin/bounded-count";
import { formatDuration } from "#components/admin/duration";
import { StatLink } from "#components/admin/stat-link";
import { Stat } from "#components/ui/stat";
import type { InboxState } from "#lib/overview/inbox-state";

/** How far behind Stripe we are, and how fast it goes, at a glance. */
export function InboxFigures({ inbox }: { inbox: InboxState }) {
  const { oldestWaitingMs, p50Ms, p99Ms, waiting, dead, arriving, handling, workers } = inbox;
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Stat
        label="Lag"
        value={oldestWaitingMs === null ? "None" : formatDuration(oldestWaitingMs)}
        note={
          p99Ms === null || p50Ms === null
            ? "nothing was handled lately"
            : `half within ${formatDuration(p50Ms)}, 99 of 100 within ${formatDuration(p99Ms)}`
        }
      />
      <StatLink
        label="Waiting"
        value={<BoundedCount of={waiting} />}
        note={`${formatRate(arriving)} arrive`}
        href="/admin/events?status=waiting"
      />
      <Stat
        label="Handled"
        value={formatRate(handling)}
        note={`by ${workers === 1 ? "1 worker" : `${workers} workers`}`}
      />
      <StatLink
        label="Dead letters"
        value={<BoundedCount of={dead} />}
        note={dead.count === 0 ? "none needs a person" : "each holds up its object alone"}
        href="/admin/events/dead"
      />
    </div>
  );
}

/** Events a second, as far as the figure is known: "0.4/s", "1,250/s". */
export function formatRate(perSecond: number): string {
  const digits = perSecond > 0 && perSecond < 9.95 ? 1 : 0;
  const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return `${perSecond.toLocaleString("en-US", fraction)}/s`;
}
