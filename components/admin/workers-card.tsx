import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type { WorkerRow } from "#lib/overview/get-system";

/** Who works the inbox, and how its 64 partitions are shared out. */
export function WorkersCard({ workers }: { workers: readonly WorkerRow[] }) {
  const held = workers.reduce((sum, { partitions }) => sum + partitions, 0);
  return (
    <Card title="Workers" note={`${held} of 64 partitions of the inbox are held`} flush>
      <DataTable
        caption="Workers"
        columns={columns}
        rows={workers}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="No worker has signed in">
            Events are stored and wait. A worker starts with <code>npm start</code>, or by itself
            where the processes are run apart.
          </EmptyState>
        }
      />
    </Card>
  );
}

const columns: Column<WorkerRow>[] = [
  { header: "Worker", cell: ({ id }) => <span className="font-mono text-xs">{id}</span> },
  {
    header: "State",
    cell: ({ isAlive }) => (
      <Status of={isAlive ? "alive" : "gone"} tone={isAlive ? "good" : "bad"} />
    ),
  },
  { header: "Partitions", cell: ({ partitions }) => partitions, align: "end" },
  { header: "Lease ends", cell: ({ until }) => <Moment at={until} />, align: "end" },
];
