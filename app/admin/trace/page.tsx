import { readQuery } from "#components/admin/list-query";
import { NoAccess } from "#components/admin/no-access";
import { findTrace, tracePageQuery } from "#components/trace/find-trace";
import { consolePlaces } from "#components/trace/places";
import { TraceBody } from "#components/trace/trace-body";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Trace" };

export default async function TracePage(props: PageProps<"/admin/trace">) {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "ledger:read")) {
    return <NoAccess title="Trace" permission="ledger:read" />;
  }
  const asked = readQuery(tracePageQuery, await props.searchParams);
  const found = await findTrace(ctx, asked);
  return (
    <TraceBody
      {...{ asked, found, places: consolePlaces }}
      at="/admin/trace"
      api="/api/v1/admin/trace"
    />
  );
}
