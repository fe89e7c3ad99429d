import { EventView } from "#components/developers/event-view";
import { platformPlace } from "#components/developers/place";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

type Props = { params: Promise<{ event: string }> };

export default async function EventDetailPage({ params }: Props) {
  const { event: segment } = await params;
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "webhooks:read")) return null; // The layout says so.
  return <EventView ctx={ctx} place={platformPlace} {...{ segment }} />;
}
