import { BellRing, SearchX } from "lucide-react";
import { acknowledgeColumn, alertColumns } from "#components/admin/alert-columns";
import { FilterBar } from "#components/admin/filter-bar";
import { forPage, readQuery } from "#components/admin/list-query";
import { Live } from "#components/admin/live";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { alertKindNames, alertKinds } from "#lib/alerts/alert";
import { alertQuery, listAlerts } from "#lib/alerts/list-alerts";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Alerts" };

export default async function AlertsPage(props: PageProps<"/admin/alerts">) {
  const ctx = await requireAdmin();
  const query = readQuery(alertQuery, await props.searchParams);
  const { rows, next } = await forPage(listAlerts(ctx, query), "/admin/alerts");
  const mayAct =
    mayOnPlatform(ctx.platformRole, "alerts:acknowledge") && query.state !== "acknowledged";
  const isFiltered = Boolean(query.kind || query.tenantId || query.state !== "open");
  return (
    <Page>
      <PageHeader
        title="Alerts"
        sentence="What happened at Stripe and wants a person. Each is raised once, and mailed to admins and finance."
        actions={<Live />}
      />
      <Card flush>
        {(rows.length > 0 || isFiltered) && (
          <FilterBar
            texts={[{ name: "tenantId", label: "Id of the tenant" }]}
            choices={[
              {
                ...{ name: "state", label: "State", any: "Open" },
                options: [
                  { value: "acknowledged", label: "Acknowledged" },
                  { value: "all", label: "All" },
                ],
              },
              {
                ...{ name: "kind", label: "Kind", any: "Any kind" },
                options: alertKindNames.map((value) => ({ value, label: alertKinds[value].title })),
              },
            ]}
          />
        )}
        <DataTable
          caption="Alerts"
          columns={mayAct ? [...alertColumns, acknowledgeColumn] : alertColumns}
          rows={rows}
          rowKey={({ id }) => id}
          next={next}
          empty={isFiltered ? <NoMatch /> : <NoAlerts />}
        />
      </Card>
    </Page>
  );
}

function NoMatch() {
  return (
    <EmptyState
      icon={<SearchX />}
      title="No alert matches"
      action={
        <LinkButton href="/admin/alerts" variant="secondary">
          Show what is open
        </LinkButton>
      }
    >
      A tenant&rsquo;s id is matched in full.
    </EmptyState>
  );
}

function NoAlerts() {
  return (
    <EmptyState icon={<BellRing />} title="Nothing wants a person">
      Disputes, lost disputes, and payouts or refunds that fail are listed here as soon as Stripe
      tells of them, and mailed to admins and finance.
    </EmptyState>
  );
}
