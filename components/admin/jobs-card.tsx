import { Count } from "#components/admin/count";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { Moment } from "#components/ui/moment";
import type { JobRow } from "#lib/overview/get-system";

/** Background jobs that are not done yet, by name. Done ones leave the queue. */
export function JobsCard({ jobs }: { jobs: readonly JobRow[] }) {
  return (
    <Card title="Jobs" note="queued, failing or given up" flush>
      <DataTable
        caption="Jobs"
        columns={columns}
        rows={jobs}
        rowKey={({ name }) => name}
        empty={<EmptyState title="The queue is empty">Every job that was due is done.</EmptyState>}
      />
    </Card>
  );
}

const columns: Column<JobRow>[] = [
  { header: "Job", cell: ({ name }) => <span className="font-mono text-xs">{name}</span> },
  { header: "Waiting", cell: ({ waiting }) => <Count of={waiting} />, align: "end" },
  { header: "Failing", cell: ({ failing }) => <Count of={failing} />, align: "end" },
  { header: "Given up", cell: ({ dead }) => <Count of={dead} />, align: "end" },
  { header: "Oldest", cell: ({ oldestAt }) => (oldestAt ? <Moment at={oldestAt} /> : "–") },
  {
    header: "Last error",
    cell: ({ lastError }) =>
      lastError ? (
        <span title={lastError} className="line-clamp-2 max-w-md break-words">
          {lastError}
        </span>
      ) : (
        <span className="text-muted">–</span>
      ),
  },
];
