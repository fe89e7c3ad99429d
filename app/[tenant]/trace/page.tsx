import { getTranslations } from "next-intl/server";
import { readQuery } from "#components/admin/list-query";
import { NoAccess } from "#components/tenant-settings/no-access";
import { findTrace, tracePageQuery } from "#components/trace/find-trace";
import { tenantPlaces } from "#components/trace/places";
import { TraceBody } from "#components/trace/trace-body";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

export async function generateMetadata() {
  const t = await getTranslations("trace");
  return { title: t("title") };
}

export default async function TracePage(props: PageProps<"/[tenant]/trace">) {
  const ctx = await requireTenant((await props.params).tenant);
  const t = await getTranslations("trace");
  if (!mayInTenant(ctx.role, "payments:read")) {
    return <NoAccess title={t("title")} ctx={ctx} what="payments" permission="payments:read" />;
  }
  const asked = readQuery(tracePageQuery, await props.searchParams);
  const found = await findTrace(ctx, asked);
  return (
    <TraceBody
      {...{ asked, found, places: tenantPlaces(ctx.tenantSlug) }}
      at={`/${ctx.tenantSlug}/trace`}
      api={`/api/v1/tenants/${ctx.tenantSlug}/trace`}
    />
  );
}
