import { readQuery } from "#components/admin/list-query";
import { DeliveriesView } from "#components/developers/deliveries-view";
import { placeOf } from "#components/developers/place";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";
import { tenantInputs } from "#lib/webhooks/input";

type Props = {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function DeliveriesPage({ params, searchParams }: Props) {
  const ctx = await requireTenant((await params).tenant);
  if (!mayInTenant(ctx.role, "developers:read")) return null; // The layout says so.
  const query = readQuery(tenantInputs.deliveries, await searchParams);
  return <DeliveriesView ctx={ctx} place={placeOf(ctx.tenantSlug)} {...{ query }} />;
}
