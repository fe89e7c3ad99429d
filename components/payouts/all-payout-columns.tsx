import { PayoutStatus } from "#components/payouts/payout-status";
import { PayoutKind } from "#components/payouts/payouts-table";
import { Amount } from "#components/ui/amount";
import type { Column } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type { ListedPayout } from "#lib/payouts/list-payouts";

/** Payouts of everyone, as the console lists them. */
export const allPayoutColumns: Column<ListedPayout>[] = [
  { header: "Amount", cell: ({ amount }) => <Amount of={amount} /> },
  { header: "Whose", cell: ({ account, tenant }) => tenant?.name ?? (account || "The platform") },
  { header: "Status", cell: ({ status }) => <PayoutStatus of={status} /> },
  { header: "Kind", cell: (payout) => <PayoutKind of={payout} />, hideOnPhone: true },
  { header: "Made", cell: ({ createdAt }) => <Moment at={createdAt} /> },
  {
    header: "Arrives",
    cell: ({ arrivesAt }) => (arrivesAt ? <Moment at={arrivesAt} as="date" /> : "–"),
    hideOnPhone: true,
  },
  { header: "Parts", cell: (payout) => <Parts of={payout} />, align: "end" },
];

/** Whether the parts of a payout explain it. */
function Parts({ of: { parts, missingMinor, amount } }: { of: ListedPayout }) {
  if (parts === "not_itemised") return "not told";
  if (missingMinor === null) return "awaited";
  if (missingMinor === 0n) return <Status of="holds">add up</Status>;
  return (
    <Status of="breaks">
      <Amount of={{ ...amount, minor: missingMinor }} /> off
    </Status>
  );
}
