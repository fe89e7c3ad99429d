import { StripeId } from "#components/admin/stripe-id";
import { DisputeMark } from "#components/disputes/words";
import { Amount } from "#components/ui/amount";
import type { Column } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import type { AnyDispute } from "#lib/disputes/list-all-disputes";

/** A dispute as the console's list shows it. */
export const disputeColumns: Column<AnyDispute>[] = [
  { header: "Tenant", cell: ({ tenant, isOurs }) => <Whose name={tenant?.name} isOurs={isOurs} /> },
  { header: "Amount", cell: ({ amount }) => <Amount of={amount} />, align: "end" },
  { header: "State", cell: ({ status }) => <DisputeMark status={status} /> },
  { header: "Why", cell: ({ reason }) => reason.replaceAll("_", " ") },
  {
    header: "Answer by",
    cell: ({ dueAt, hasDraft }) =>
      dueAt ? (
        <>
          <Moment at={dueAt} /> {hasDraft && <span className="text-xs text-muted">draft</span>}
        </>
      ) : (
        "—"
      ),
  },
  {
    header: "Borne by",
    cell: ({ bearer }) => (bearer === "tenant" ? "the tenant" : "the platform"),
    hideOnPhone: true,
  },
  {
    header: "Cost",
    cell: ({ money }) => (money ? <Amount of={money.cost} /> : "—"),
    align: "end",
    hideOnPhone: true,
  },
  { header: "Dispute", cell: ({ id }) => <StripeId id={id} of="dispute" />, hideOnPhone: true },
];

function Whose({ name, isOurs }: { name: string | undefined; isOurs: boolean }) {
  if (!isOurs) return name ?? "Unknown";
  return (
    <>
      {name ?? "Nobody known"} <span className="text-xs text-muted">its payment to us</span>
    </>
  );
}
