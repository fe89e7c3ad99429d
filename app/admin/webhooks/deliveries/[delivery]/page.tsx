import { DeliveryView } from "#components/developers/delivery-view";
import { platformPlace } from "#components/developers/place";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

type Props = { params: Promise<{ delivery: string }> };

export default async function DeliveryPage({ params }: Props) {
  const { delivery: deliveryId } = await params;
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "webhooks:read")) return null; // The layout says so.
  return <DeliveryView ctx={ctx} place={platformPlace} {...{ deliveryId }} />;
}
