import { Count } from "#components/admin/count";
import { Card } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { type Column, DataTable } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type { TenantPage } from "#lib/overview/get-tenant-page";

type Row = TenantPage["checkouts"][number];

/** The times this tenant went to Stripe's payment page, and how each ended. */
export function TenantCheckouts({ checkouts }: { checkouts: readonly Row[] }) {
  return (
    <Card title="Checkouts" note="visits to the payment page" flush>
      <DataTable
        caption="Checkouts"
        columns={columns}
        rows={checkouts}
        rowKey={({ id }) => id}
        empty={null}
      />
    </Card>
  );
}

const columns: Column<Row>[] = [
  { header: "Plan", cell: ({ plan }) => plan },
  { header: "Status", cell: ({ status }) => <Status of={status} /> },
  { header: "Id", cell: ({ id }) => <CopyableId id={id} />, hideOnPhone: true },
  { header: "Seats", cell: ({ seats }) => <Count of={seats} />, align: "end" },
  { header: "Began", cell: ({ createdAt }) => <Moment at={createdAt} />, align: "end" },
];
