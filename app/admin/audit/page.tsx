import { ScrollText, SearchX } from "lucide-react";
import { Suspense } from "react";
import { AuditList } from "#components/admin/audit-list";
import { ChainVerdict } from "#components/admin/chain-verdict";
import { FilterBar } from "#components/admin/filter-bar";
import { readQuery } from "#components/admin/list-query";
import { NoAccess } from "#components/admin/no-access";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { Pagination } from "#components/ui/pagination";
import { Skeleton } from "#components/ui/skeleton";
import { platformChain } from "#lib/tenancy/audit-entry";
import { platformAuditQuery } from "#lib/tenancy/input";
import { listPlatformAudit } from "#lib/tenancy/list-platform-audit";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { verifyPlatformAudit } from "#lib/tenancy/verify-audit-chain";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Audit" };

export default async function AuditPage(props: PageProps<"/admin/audit">) {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "audit:read")) {
    return <NoAccess title="Audit" permission="audit:read" />;
  }
  const query = readQuery(platformAuditQuery, await props.searchParams);
  const { chain = platformChain, cursor } = query;
  const { rows, next } = await listPlatformAudit(ctx, query);
  return (
    <Page>
      <PageHeader
        title="Audit"
        sentence="Every write: who, what, before and after. Nobody can change or remove an entry."
      />
      {!cursor && (
        <Suspense key={chain} fallback={<Skeleton className="h-12" />}>
          <ChainVerdict chain={chain} verdict={verifyPlatformAudit(ctx, { chain })} />
        </Suspense>
      )}
      <Card flush>
        <FilterBar
          texts={[
            { name: "action", label: "Action, such as tenancy.invite" },
            { name: "target", label: "Id of what was changed" },
          ]}
          choices={[
            { name: "chain", label: "Log", any: "Every log", options: logsOf(query.chain) },
          ]}
        />
        {rows.length > 0 ? (
          <AuditList entries={rows} />
        ) : (
          <NoEntries isFiltered={Boolean(query.action || query.target || query.chain)} />
        )}
        <Pagination caption="Audit" next={next ?? undefined} />
      </Card>
    </Page>
  );
}

/** The platform's log, and the tenant's that a link named. */
function logsOf(chain: string | undefined) {
  const platform = { value: platformChain, label: "The platform's" };
  if (!chain || chain === platformChain) return [platform];
  return [platform, { value: chain, label: `Only ${chain}` }];
}

function NoEntries({ isFiltered }: { isFiltered: boolean }) {
  if (!isFiltered) {
    return (
      <EmptyState icon={<ScrollText />} title="Nothing was written yet">
        The first sign-in or sign-up is the first entry.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<SearchX />}
      title="No entry matches"
      action={
        <LinkButton href="/admin/audit" variant="secondary">
          Show all entries
        </LinkButton>
      }
    >
      An action is matched from its beginning, an id in full.
    </EmptyState>
  );
}
