import { readQuery } from "#components/admin/list-query";
import { EventsView } from "#components/developers/events-view";
import { placeOf } from "#components/developers/place";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";
import { tenantInputs } from "#lib/webhooks/input";

type Props = {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function EventsPage({ params, searchParams }: Props) {
  const ctx = await requireTenant((await params).tenant);
  if (!mayInTenant(ctx.role, "developers:read")) return null; // The layout says so.
  const query = readQuery(tenantInputs.events, await searchParams);
  return <EventsView ctx={ctx} place={placeOf(ctx.tenantSlug)} {...{ query }} />;
}
