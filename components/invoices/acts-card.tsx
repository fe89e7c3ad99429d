import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import { actWords, type MoneyActView } from "#lib/payments/money-act";

type Act = MoneyActView & { by: string };

/** What our own people did, and why; nothing where nobody did anything. */
export function ActsCard({ acts }: { acts: readonly Act[] }) {
  if (acts.length === 0) return null;
  return (
    <Card title="What we did about it" flush>
      <DataTable
        caption="What we did about it"
        columns={columns}
        rows={acts}
        rowKey={({ id }) => id}
        empty={null}
      />
    </Card>
  );
}

const columns: Column<Act>[] = [
  {
    header: "Act",
    cell: ({ kind, status, error }) => (
      <span className="grid gap-1">
        <span className="flex flex-wrap items-center gap-2">
          {actWords[kind]}
          {status !== "done" && (
            <Status of={status === "requested" ? "pending" : status}>
              {status === "requested" ? "under way" : status}
            </Status>
          )}
        </span>
        {error && <span className="text-xs text-danger">{error}</span>}
      </span>
    ),
  },
  { header: "Why", cell: ({ reason }) => reason },
  { header: "Who", cell: ({ by }) => by },
  { header: "When", cell: ({ requestedAt }) => <Moment at={requestedAt} /> },
  {
    header: "Amount",
    cell: ({ amount }) => (amount ? <Amount of={amount} /> : "–"),
    align: "end",
  },
];
