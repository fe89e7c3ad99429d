import { formatDuration } from "#components/admin/duration";
import { CopyableId } from "#components/ui/copyable-id";
import type { Column } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type { InboxRow } from "#lib/overview/list-inbox-events";

export function eventHref({ id }: { id: string }): string {
  return `/admin/events/${encodeURIComponent(id)}`;
}

/** What a list of events says of each. */
export const eventColumns: Column<InboxRow>[] = [
  { header: "Type", cell: ({ type }) => <span className="font-mono text-xs">{type}</span> },
  { header: "State", cell: ({ status }) => <Status of={status} /> },
  { header: "Object", cell: ({ objectId }) => <CopyableId id={objectId} /> },
  { header: "Event", cell: ({ id }) => <CopyableId id={id} />, hideOnPhone: true },
  { header: "Outcome", cell: (row) => <Outcome row={row} /> },
  { header: "Arrived", cell: ({ receivedAt }) => <Moment at={receivedAt} />, align: "end" },
];

/** The same of events whose state is known from the page they are on. */
export const deadColumns: Column<InboxRow>[] = [
  eventColumns[0]!,
  { header: "Error", cell: (row) => <Outcome row={row} /> },
  { header: "Attempts", cell: ({ attempts }) => attempts, align: "end" },
  eventColumns[2]!,
  {
    header: "Died",
    cell: ({ handledAt }) => (handledAt ? <Moment at={handledAt} /> : "–"),
    align: "end",
    hideOnPhone: true,
  },
  eventColumns[5]!,
];

/** How long it took, or what it waits for, or why it died. */
function Outcome({ row }: { row: InboxRow }) {
  const { status, attempts, error, reason, lagMs, retryAt } = row;
  const words = reason ?? error;
  if (words) {
    return (
      <span title={words} className="line-clamp-2 max-w-80 min-w-0 break-words max-sm:text-end">
        {words}
      </span>
    );
  }
  if (status === "waiting" && retryAt) {
    return (
      <span>
        {attempts === 0 ? "replayed, due" : "again"} <Moment at={retryAt} />
      </span>
    );
  }
  if (status !== "done" || lagMs === null) return <span className="text-muted">–</span>;
  return (
    <span className="text-muted tabular-nums">
      in {formatDuration(lagMs)}
      {attempts > 1 && `, attempt ${attempts}`}
    </span>
  );
}
