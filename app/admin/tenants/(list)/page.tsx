import { Building2, SearchX } from "lucide-react";
import { FilterBar } from "#components/admin/filter-bar";
import { forPage, readQuery } from "#components/admin/list-query";
import { tenantColumns } from "#components/admin/tenant-columns";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { listPlans } from "#lib/overview/list-plans";
import { listTenants, tenantQuery } from "#lib/overview/list-tenants";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Tenants" };

export default async function TenantsPage(props: PageProps<"/admin/tenants">) {
  const ctx = await requireAdmin();
  const query = readQuery(tenantQuery, await props.searchParams);
  const [{ rows, next }, plans] = await Promise.all([
    forPage(listTenants(ctx, query), "/admin/tenants"),
    listPlans(ctx),
  ]);
  const isFiltered = Boolean(query.q || query.plan || query.status);
  return (
    <Page>
      <PageHeader
        title="Tenants"
        sentence="Every workspace, the newest first. Plan and status are what Stripe last said."
      />
      <Card flush>
        <FilterBar
          texts={[{ name: "q", label: "Name, address or id" }]}
          choices={[
            {
              name: "plan",
              label: "Plan",
              any: "Any plan",
              options: plans.map(({ key, name }) => ({ value: key, label: name })),
            },
            { name: "status", label: "Status", any: "Any status", options: statuses },
          ]}
        />
        <DataTable
          caption="Tenants"
          columns={tenantColumns}
          rows={rows}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `/admin/tenants/${id}`}
          next={next}
          empty={isFiltered ? <NoMatch /> : <NoTenants />}
        />
      </Card>
    </Page>
  );
}

const statuses = [
  { value: "active", label: "Active" },
  { value: "trialing", label: "On trial" },
  { value: "past_due", label: "Past due" },
  { value: "unpaid", label: "Unpaid" },
  { value: "canceled", label: "Canceled" },
  { value: "none", label: "Never subscribed" },
];

function NoMatch() {
  return (
    <EmptyState
      icon={<SearchX />}
      title="No tenant matches"
      action={
        <LinkButton href="/admin/tenants" variant="secondary">
          Show all tenants
        </LinkButton>
      }
    >
      Names and addresses are matched in part, ids in full.
    </EmptyState>
  );
}

function NoTenants() {
  return (
    <EmptyState
      icon={<Building2 />}
      title="No tenants yet"
      action={<LinkButton href="/pricing">See the pricing page</LinkButton>}
    >
      A tenant appears here as soon as someone signs up.
    </EmptyState>
  );
}
