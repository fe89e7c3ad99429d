import { EndpointsView } from "#components/developers/endpoints-view";
import { placeOf } from "#components/developers/place";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

type Props = { params: Promise<{ tenant: string }> };

export default async function EndpointsPage({ params }: Props) {
  const ctx = await requireTenant((await params).tenant);
  if (!mayInTenant(ctx.role, "developers:read")) return null; // The layout says so.
  return <EndpointsView ctx={ctx} place={placeOf(ctx.tenantSlug)} />;
}
