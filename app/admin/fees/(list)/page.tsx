import { Percent } from "lucide-react";
import { WholeList } from "#components/admin/whole-list";
import { PolicyState, sayConditions, sayTier } from "#components/selling/policy-words";
import type { Column } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import { listPolicies } from "#lib/selling/list-policies";
import type { PolicyView } from "#lib/selling/policy";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Fees" };

export default async function FeesPage() {
  const ctx = await requireAdmin();
  const policies = await listPolicies(ctx);
  const mayUpdate = mayOnPlatform(ctx.platformRole, "fees:update");
  return (
    <WholeList
      title="Fees"
      sentence="What the platform takes of its tenants' payments. A published policy never changes."
      create={mayUpdate && { label: "New draft", href: "/admin/fees/new" }}
      caption="Fee policies"
      columns={columns}
      rows={policies}
      rowHref={({ id }) => `/admin/fees/${id}`}
      empty={{
        icon: <Percent />,
        title: "Nothing is taken yet",
        body: `A fee policy says what the platform takes of each payment: a percentage and a fixed
          part, by plan, way to pay, country and the month's volume.`,
      }}
    />
  );
}

const columns: Column<PolicyView>[] = [
  { header: "Policy", cell: ({ number, name }) => (number ? `${number} · ${name}` : name) },
  { header: "State", cell: (policy) => <PolicyState of={policy} /> },
  {
    header: "Takes",
    cell: ({ rules }) => {
      const [first, ...rest] = rules;
      if (!first) return <span className="text-muted">nothing</span>;
      const more = rest.length > 0 ? ` and ${rest.length} more` : "";
      return `${sayTier(first.tiers[0]!)} of ${sayConditions(first)}${more}`;
    },
  },
  {
    header: "Begins",
    cell: ({ effectiveAt }) =>
      effectiveAt ? <Moment at={effectiveAt} /> : <span className="text-muted">a draft</span>,
  },
];
