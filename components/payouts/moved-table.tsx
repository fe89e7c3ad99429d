import { ArrowLeftRight } from "lucide-react";
import { Amount } from "#components/ui/amount";
import { CopyableId } from "#components/ui/copyable-id";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { Moment } from "#components/ui/moment";
import type { Page } from "#lib/keyset";
import type { Moved } from "#lib/payouts/list-transfers";

type Of = "transfers" | "fees";

/** Transfers or application fees, with what each is at both ends. */
export function MovedTable({ page, of }: { page: Page<Moved>; of: Of }) {
  const [title, back] = of === "transfers" ? ["Transfer", "Taken back"] : ["Fee", "Given back"];
  const columns: Column<Moved>[] = [
    { header: title, cell: ({ amount }) => <Amount of={amount} /> },
    { header: "Company", cell: ({ tenant, accountId }) => tenant?.name ?? accountId ?? "–" },
    {
      header: back,
      cell: ({ returned }) => (returned.minor === 0n ? "–" : <Amount of={returned} />),
      align: "end",
    },
    { header: "Made", cell: ({ createdAt }) => <Moment at={createdAt} /> },
    { header: "There it is", cell: ({ thereId }) => <Id of={thereId} />, hideOnPhone: true },
    { header: "Our payout", cell: ({ ourPayoutId }) => <ToPayout id={ourPayoutId} /> },
    { header: "Their payout", cell: ({ theirPayoutId }) => <ToPayout id={theirPayoutId} /> },
  ];
  return (
    <DataTable
      caption={of === "transfers" ? "Transfers" : "Application fees"}
      columns={columns}
      rows={page.rows}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/admin/transfers/${of === "transfers" ? "" : "fees/"}${id}`}
      next={page.next}
      empty={
        <EmptyState icon={<ArrowLeftRight />} title="None here">
          {of === "transfers"
            ? "Destination payments and transfers by hand come here."
            : "What we take of companies' payments comes here."}
        </EmptyState>
      }
    />
  );
}

function Id({ of }: { of: string | null }) {
  return of ? <CopyableId id={of} /> : "–";
}

/** The payout that took an end along. */
export function ToPayout({ id }: { id: string | null }) {
  return id ? <CopyableId id={id} href={`/admin/payouts/${id}`} /> : "not yet";
}
