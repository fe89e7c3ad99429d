import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { z } from "zod";
import { AuditTable } from "#components/tenant-audit/audit-table";
import { ChainState } from "#components/tenant-audit/chain-state";
import { NoAccess } from "#components/tenant-settings/no-access";
import { Page, PageHeader } from "#components/ui/page-header";
import { Skeleton } from "#components/ui/skeleton";
import { auditQuery } from "#lib/tenancy/input";
import { listAuditEntries } from "#lib/tenancy/list-audit-entries";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

type Props = {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const query = z.object({ cursor: auditQuery.shape.cursor.catch(undefined) });
const pageOf = 50;

export async function generateMetadata() {
  const t = await getTranslations("tenant.audit");
  return { title: t("title") };
}

export default async function AuditPage({ params, searchParams }: Props) {
  const ctx = await requireTenant((await params).tenant);
  const t = await getTranslations("tenant.audit");
  if (!mayInTenant(ctx.role, "audit:read")) {
    return <NoAccess title={t("title")} ctx={ctx} what="audit" permission="audit:read" />;
  }
  const { cursor } = query.parse(await searchParams);
  const page = await listAuditEntries(ctx, { cursor, limit: pageOf });
  return (
    <Page>
      <PageHeader title={t("title")} sentence={t("sentence")} />
      <div className="grid gap-3">
        <Suspense fallback={<Skeleton className="h-6 w-64" />}>
          <ChainState ctx={ctx} />
        </Suspense>
        <AuditTable page={page} />
      </div>
    </Page>
  );
}
