import { Count } from "#components/admin/count";
import { SubscriptionStatus } from "#components/admin/subscription-status";
import type { Column } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import type { TenantRow } from "#lib/overview/list-tenants";

/** What a list of tenants says of each. */
export const tenantColumns: Column<TenantRow>[] = [
  {
    header: "Tenant",
    cell: ({ name, slug }) => (
      <span className="grid text-start">
        <span>{name}</span>
        <span className="text-xs font-normal text-muted">{slug}</span>
      </span>
    ),
  },
  { header: "Plan", cell: ({ plan }) => plan.name },
  { header: "Subscription", cell: ({ status }) => <SubscriptionStatus of={status} /> },
  {
    header: "Seats",
    cell: ({ seats }) => (seats === null ? <None /> : <Count of={seats} />),
    align: "end",
  },
  { header: "Members", cell: ({ members }) => <Count of={members} />, align: "end" },
  { header: "Country", cell: ({ country }) => country, hideOnPhone: true },
  { header: "Joined", cell: ({ createdAt }) => <Moment at={createdAt} />, align: "end" },
];

function None() {
  return <span className="text-muted">–</span>;
}
