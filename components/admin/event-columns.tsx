import { formatDuration } from "#components/admin/duration";
import { CopyableId } from "#components/ui/copyable-id";
import type { Column } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type { InboxRow } from "#lib/overview/list-inbox-events";

/** What a list of events says of each. */
export const eventColumns: Column<InboxRow>[] = [
  { header: "Type", cell: ({ type }) => <span className="font-mono text-xs">{type}</span> },
  { header: "State", cell: ({ status }) => <Status of={status} /> },
  { header: "Object", cell: ({ objectId }) => <CopyableId id={objectId} /> },
  { header: "Event", cell: ({ id }) => <CopyableId id={id} />, hideOnPhone: true },
  { header: "Outcome", cell: (row) => <Outcome row={row} /> },
  { header: "Arrived", cell: ({ receivedAt }) => <Moment at={receivedAt} />, align: "end" },
];

/** How long it took, or what it waits for, or why it died. */
function Outcome({ row }: { row: InboxRow }) {
  const { status, attempts, error, lagMs, retryAt } = row;
  if (error) {
    return (
      <span title={error} className="line-clamp-2 max-w-64 min-w-0 break-words max-sm:text-end">
        {error}
      </span>
    );
  }
  if (status === "waiting" && retryAt) {
    return (
      <span>
        again <Moment at={retryAt} />
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
