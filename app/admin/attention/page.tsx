import { CircleCheck } from "lucide-react";
import { AttentionAct } from "#components/admin/attention-act";
import { attentionColumns } from "#components/admin/attention-columns";
import { FilterBar } from "#components/admin/filter-bar";
import { readQuery } from "#components/admin/list-query";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { type AttentionItem, attentionKindNames, attentionKinds } from "#lib/overview/attention";
import { attentionQuery, listAttention } from "#lib/overview/list-attention";
import { mayOnPlatform, type PlatformRole } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Needs attention" };

export default async function AttentionPage(props: PageProps<"/admin/attention">) {
  const ctx = await requireAdmin();
  const query = readQuery(attentionQuery, await props.searchParams);
  const { items, counts, isCut } = await listAttention(ctx, query);
  const isFiltered = query.kind !== undefined;
  return (
    <Page>
      <PageHeader
        title="Needs attention"
        sentence="Across all tenants: what is overdue or stopped first, then by deadline and money."
        actions={<Acts role={ctx.platformRole} items={items} />}
      />
      <Card flush>
        <FilterBar
          choices={[
            {
              ...{ name: "kind", label: "Kind", any: "Everything" },
              options: attentionKindNames.map((value) => {
                return { value, label: `${attentionKinds[value].title} (${counts[value]})` };
              }),
            },
          ]}
        />
        <DataTable
          caption="Needs attention"
          columns={attentionColumns}
          rows={items}
          rowKey={({ kind, objectId }) => `${kind} ${objectId}`}
          empty={<Nothing isFiltered={isFiltered} />}
        />
        {isCut && <p className="p-3 text-xs text-muted">The 200 most urgent. Choose a kind.</p>}
      </Card>
    </Page>
  );
}

/** What may be done to the tenants that are shown, each once. */
function Acts({ role, items }: { role: PlatformRole; items: readonly AttentionItem[] }) {
  const tenants = [...new Map(items.map(({ tenant }) => [tenant.id, tenant])).values()];
  if (tenants.length === 0) return null;
  return (
    <div className="flex flex-wrap gap-2">
      {mayOnPlatform(role, "connect:remind") && (
        <AttentionAct act="remind" label="Remind" tenants={tenants} />
      )}
      {mayOnPlatform(role, "connect:hold") && (
        <>
          <AttentionAct act="release" label="Release" tenants={tenants} />
          <AttentionAct act="hold" label="Stop" tenants={tenants} />
        </>
      )}
    </div>
  );
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  return (
    <EmptyState
      icon={<CircleCheck />}
      title={isFiltered ? "None of this kind" : "Nothing needs attention"}
      action={
        isFiltered && (
          <LinkButton href="/admin/attention" variant="secondary">
            Show everything
          </LinkButton>
        )
      }
    >
      Requirements, disputes, failed payouts, unpaid plans, holds and appeals are listed here.
    </EmptyState>
  );
}
