import { Count } from "#components/admin/count";
import { formatRate } from "#components/admin/inbox-figures";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type { InboxWorkerRow } from "#lib/overview/get-inbox";

/** Who works the inbox now, and how its partitions are shared out among them. */
export function CrewCard({ crew }: { crew: readonly InboxWorkerRow[] }) {
  const held = crew.reduce((sum, { partitions }) => sum + partitions, 0);
  return (
    <Card title="Workers and leases" note={`${held} of 64 partitions are leased`} flush>
      <DataTable
        caption="Workers and leases"
        columns={columns}
        rows={crew}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="No worker has signed in">
            Events are stored and wait. They are handled as soon as a worker starts.
          </EmptyState>
        }
      />
    </Card>
  );
}

const columns: Column<InboxWorkerRow>[] = [
  { header: "Worker", cell: ({ id }) => <span className="font-mono text-xs break-all">{id}</span> },
  {
    header: "State",
    cell: ({ isAlive }) => (
      <Status of={isAlive ? "alive" : "gone"} tone={isAlive ? "good" : "bad"} />
    ),
  },
  { header: "Leases", cell: ({ partitions }) => <Count of={partitions} />, align: "end" },
  {
    header: "Rate",
    cell: ({ isAlive, perSecond }) => (isAlive ? formatRate(perSecond) : "–"),
    align: "end",
  },
  { header: "Handled", cell: ({ handled }) => <Count of={Number(handled)} />, align: "end" },
  {
    header: "Since",
    cell: ({ since }) => (since ? <Moment at={since} /> : "–"),
    align: "end",
    hideOnPhone: true,
  },
  { header: "Lease ends", cell: ({ until }) => <Moment at={until} />, align: "end" },
];
