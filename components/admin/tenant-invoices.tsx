import { StripeId } from "#components/admin/stripe-id";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type { InvoiceSummary } from "#lib/billing/invoice";

/** A tenant's latest invoices, as Stripe last told of them. */
export function TenantInvoices({ invoices }: { invoices: readonly InvoiceSummary[] }) {
  return (
    <Card title="Invoices" note={invoices.length === 10 ? "the latest ten" : undefined} flush>
      <DataTable
        caption="Invoices"
        columns={columns}
        rows={invoices}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/admin/invoices/${id}`}
        empty={
          <EmptyState title="No invoices yet">The first comes with the first plan.</EmptyState>
        }
      />
    </Card>
  );
}

const columns: Column<InvoiceSummary>[] = [
  { header: "Number", cell: ({ number }) => number ?? "Draft" },
  { header: "Status", cell: ({ status }) => <Status of={status} /> },
  { header: "Id", cell: ({ id }) => <StripeId id={id} of="invoice" /> },
  { header: "Created", cell: ({ createdAt }) => <Moment at={createdAt} /> },
  { header: "To pay", cell: (invoice) => <ToPay of={invoice} />, align: "end" },
  { header: "Total", cell: ({ total }) => <Amount of={total} />, align: "end" },
];

/** What Stripe calls due stays on a paid invoice; what is still to pay does not. */
function ToPay({ of: { status, amountDue } }: { of: InvoiceSummary }) {
  if (status !== "open" && status !== "uncollectible") return <span className="text-muted">–</span>;
  return <Amount of={amountDue} />;
}
