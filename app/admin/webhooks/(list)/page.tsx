import { EndpointsView } from "#components/developers/endpoints-view";
import { platformPlace } from "#components/developers/place";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export default async function EndpointsPage() {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "webhooks:read")) return null; // The layout says so.
  return <EndpointsView ctx={ctx} place={platformPlace} />;
}
