import { Landmark } from "lucide-react";
import { ActWithWhy } from "#components/payouts/act-with-why";
import { Amount } from "#components/ui/amount";
import { CopyableId } from "#components/ui/copyable-id";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type { Page } from "#lib/keyset";
import type { ListedMove, Topup } from "#lib/payouts/list-topups";
import { moveWords } from "#lib/payouts/money-move";
import { formatSum } from "#lib/payouts/sum";

const topupColumns = (mayCancel: boolean): Column<Topup>[] => [
  { header: "Top-up", cell: ({ amount }) => <Amount of={amount} /> },
  { header: "Status", cell: ({ status }) => <Status of={status} /> },
  { header: "For", cell: ({ description, failure }) => failure ?? description ?? "–" },
  { header: "Asked for", cell: ({ createdAt }) => <Moment at={createdAt} /> },
  {
    header: "Arrives",
    cell: ({ expectedAt }) => (expectedAt ? <Moment at={expectedAt} as="date" /> : "–"),
    align: "end",
  },
  {
    ...{ header: "Call off", hideHeader: true, align: "end" },
    cell: ({ id, amount, status }) =>
      mayCancel && status === "pending" ? (
        <ActWithWhy
          trigger="Call off"
          title="Call this top-up off?"
          effect={`${formatSum(amount)} stays with our bank. Nothing is drawn.`}
          confirm="Call it off"
          path={`/api/v1/admin/top-ups/${id}/cancel`}
        />
      ) : null,
  },
];

type TopupsProps = { page: Page<Topup>; mayCancel: boolean };

/** Money that was brought from the platform's bank. */
export function TopupsTable({ page, mayCancel }: TopupsProps) {
  return (
    <DataTable
      caption="Top-ups"
      columns={topupColumns(mayCancel)}
      rows={page.rows}
      rowKey={({ id }) => id}
      next={page.next}
      empty={
        <EmptyState icon={<Landmark />} title="No top-ups">
          Money brought from our bank comes here, to be sent on to companies.
        </EmptyState>
      }
    />
  );
}

const moveColumns: Column<ListedMove>[] = [
  { header: "What", cell: ({ kind }) => moveWords[kind] },
  { header: "Amount", cell: ({ amount }) => (amount ? <Amount of={amount} /> : "–") },
  { header: "Company", cell: ({ tenant }) => tenant?.name ?? "The platform" },
  { header: "By", cell: ({ by }) => by },
  { header: "Why", cell: ({ reason, error }) => error ?? reason ?? "–" },
  { header: "When", cell: ({ requestedAt }) => <Moment at={requestedAt} /> },
  { header: "Status", cell: ({ status }) => <Status of={status} tone={tones[status]} /> },
  {
    header: "At Stripe",
    cell: ({ stripeId }) => (stripeId ? <CopyableId id={stripeId} /> : "–"),
    hideOnPhone: true,
  },
];
const tones = { requested: "waiting", done: "good", failed: "bad" } as const;

/** What people decided to move, and what came of it. */
export function MovesTable({ page }: { page: Page<ListedMove> }) {
  return (
    <DataTable
      caption="What people moved"
      columns={moveColumns}
      rows={page.rows}
      rowKey={({ id }) => id}
      next={page.next}
      empty={<EmptyState title="Nobody moved money by hand yet" />}
    />
  );
}
