import { ShieldCheck } from "lucide-react";
import type { Metadata } from "next";
import { FilterBar } from "#components/admin/filter-bar";
import { forPage, readQuery } from "#components/admin/list-query";
import { Live } from "#components/admin/live";
import { disputeColumns } from "#components/disputes/admin-columns";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { Page, PageHeader } from "#components/ui/page-header";
import { allDisputesQuery } from "#lib/disputes/input";
import { listAllDisputes } from "#lib/disputes/list-all-disputes";
import { requireAdmin } from "#lib/web/session";

export const metadata: Metadata = { title: "Disputes" };

export default async function DisputesPage(props: PageProps<"/admin/disputes">) {
  const ctx = await requireAdmin();
  const query = readQuery(allDisputesQuery, await props.searchParams);
  const { rows, next } = await forPage(listAllDisputes(ctx, query), "/admin/disputes");
  const isFiltered = query.state !== "open" || Boolean(query.bearer ?? query.tenant);
  return (
    <Page>
      <PageHeader
        title="Disputes"
        sentence="What cardholders' banks ask about or take back, of every tenant and of the platform itself; the soonest deadline first."
        actions={<Live />}
      />
      <Card flush>
        <FilterBar
          texts={[{ name: "tenant", label: "Tenant's name, slug or id" }]}
          choices={[
            {
              ...{ name: "state", label: "State", any: "To answer" },
              options: [
                { value: "waiting", label: "With the bank" },
                { value: "over", label: "Over" },
                { value: "all", label: "All" },
              ],
            },
            {
              ...{ name: "order", label: "Order", any: "By deadline" },
              options: [
                { value: "value", label: "By value" },
                { value: "newest", label: "Newest first" },
              ],
            },
            {
              ...{ name: "bearer", label: "Borne by", any: "Anybody" },
              options: [
                { value: "tenant", label: "The tenant" },
                { value: "platform", label: "The platform" },
              ],
            },
          ]}
        />
        <DataTable
          caption="Disputes"
          columns={disputeColumns}
          rows={rows}
          rowKey={({ account, id }) => `${account} ${id}`}
          rowHref={({ id }) => `/admin/disputes/${id}`}
          next={next}
          empty={
            <EmptyState
              icon={<ShieldCheck />}
              title={isFiltered ? "No dispute matches" : "Nothing waits for an answer"}
            >
              Tenants answer those of their own accounts; we answer what our balance bears: of
              payments sent on, and of what tenants pay us.
            </EmptyState>
          }
        />
      </Card>
    </Page>
  );
}
