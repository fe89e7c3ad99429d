import { BulkAct } from "#components/admin/bulk-act";
import { Count } from "#components/admin/count";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import type { DeadGroup, DeadGroups } from "#lib/overview/list-dead-groups";

type Props = DeadGroups & { mayAct: boolean };

/** Dead letters by what went wrong: most share a cause, and are mended together. */
export function DeadGroupsCard({ groups, looked, isMore, mayAct }: Props) {
  if (groups.length === 0) return null;
  return (
    <Card title="What went wrong" note={noteOf(looked, isMore)} flush>
      <DataTable
        caption="What went wrong"
        columns={mayAct ? [...columns, acts] : columns}
        rows={groups}
        rowKey={({ error, type }) => `${type} ${error}`}
        rowHref={({ error, type }) => `/admin/events/dead?${new URLSearchParams({ type, error })}`}
        empty={null}
      />
    </Card>
  );
}

function noteOf(looked: number, isMore: boolean): string {
  const figure = looked.toLocaleString("en-US");
  return isMore ? `among the newest ${figure}` : `ids and figures in errors left out`;
}

const columns: Column<DeadGroup>[] = [
  {
    header: "Error",
    cell: ({ error }) => (
      <span title={error} className="line-clamp-2 max-w-96 min-w-0 break-words">
        {error || "No message"}
      </span>
    ),
  },
  { header: "Type", cell: ({ type }) => <span className="font-mono text-xs">{type}</span> },
  { header: "Events", cell: ({ count }) => <Count of={count} />, align: "end" },
  { header: "Objects", cell: ({ objects }) => <Count of={objects} />, align: "end" },
  { header: "Latest", cell: ({ lastAt }) => <Moment at={lastAt} />, align: "end" },
];

const acts: Column<DeadGroup> = {
  header: "Act",
  hideHeader: true,
  align: "end",
  cell: ({ error, type }) => (
    <span className="relative z-1 inline-flex gap-2">
      <BulkAct
        act="replay"
        filter={{ status: "dead", type, error }}
        which={`those of ${type}`}
        label="Replay"
      />
      <BulkAct
        act="discard"
        filter={{ status: "dead", type, error }}
        which={`those of ${type}`}
        label="Discard"
      />
    </span>
  ),
};
