import { EventView } from "#components/developers/event-view";
import { placeOf } from "#components/developers/place";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

type Props = { params: Promise<{ tenant: string; event: string }> };

export default async function EventDetailPage({ params }: Props) {
  const { tenant, event: segment } = await params;
  const ctx = await requireTenant(tenant);
  if (!mayInTenant(ctx.role, "developers:read")) return null; // The layout says so.
  return <EventView ctx={ctx} place={placeOf(ctx.tenantSlug)} {...{ segment }} />;
}
