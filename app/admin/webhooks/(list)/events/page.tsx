import { readQuery } from "#components/admin/list-query";
import { EventsView } from "#components/developers/events-view";
import { platformPlace } from "#components/developers/place";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";
import { platformInputs } from "#lib/webhooks/input";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function EventsPage({ searchParams }: Props) {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "webhooks:read")) return null; // The layout says so.
  const query = readQuery(platformInputs.events, await searchParams);
  return <EventsView ctx={ctx} place={platformPlace} {...{ query }} />;
}
