import { DeliveryView } from "#components/developers/delivery-view";
import { placeOf } from "#components/developers/place";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

type Props = { params: Promise<{ tenant: string; delivery: string }> };

export default async function DeliveryPage({ params }: Props) {
  const { tenant, delivery: deliveryId } = await params;
  const ctx = await requireTenant(tenant);
  if (!mayInTenant(ctx.role, "developers:read")) return null; // The layout says so.
  return <DeliveryView ctx={ctx} place={placeOf(ctx.tenantSlug)} {...{ deliveryId }} />;
}
