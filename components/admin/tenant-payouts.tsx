import { StripeId } from "#components/admin/stripe-id";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type { TenantConnect } from "#lib/overview/get-tenant-connect";

/** A tenant's latest payouts. */
export function TenantPayouts({ payouts }: Pick<TenantConnect, "payouts">) {
  return (
    <Card title="Payouts" note={payouts.length === 5 ? "the latest five" : undefined} flush>
      <DataTable
        caption="Payouts"
        columns={columns}
        rows={payouts}
        rowKey={({ id }) => id}
        empty={<EmptyState title="No payouts yet">They follow the first payments.</EmptyState>}
      />
    </Card>
  );
}

const columns: Column<TenantConnect["payouts"][number]>[] = [
  { header: "Payout", cell: ({ id }) => <StripeId id={id} of="payout" /> },
  {
    header: "Status",
    cell: ({ status, failureCode }) => (
      <span className="grid justify-items-start">
        <Status of={status} />
        {failureCode && (
          <span className="text-xs text-muted">{failureCode.replaceAll("_", " ")}</span>
        )}
      </span>
    ),
  },
  {
    header: "Arrives",
    cell: ({ arrivesAt }) => (arrivesAt ? <Moment at={arrivesAt} as="date" /> : "–"),
    align: "end",
  },
  { header: "Amount", cell: ({ amount }) => <Amount of={amount} />, align: "end" },
];
