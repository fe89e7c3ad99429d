import { readQuery } from "#components/admin/list-query";
import { EndpointView } from "#components/developers/endpoint-view";
import { placeOf } from "#components/developers/place";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";
import { tenantInputs } from "#lib/webhooks/input";

type Props = {
  params: Promise<{ tenant: string; endpoint: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function EndpointPage({ params, searchParams }: Props) {
  const { tenant, endpoint: endpointId } = await params;
  const ctx = await requireTenant(tenant);
  if (!mayInTenant(ctx.role, "developers:read")) return null; // The layout says so.
  const { endpoint: _, ...query } = readQuery(tenantInputs.deliveries, await searchParams);
  return <EndpointView ctx={ctx} place={placeOf(ctx.tenantSlug)} {...{ endpointId, query }} />;
}
