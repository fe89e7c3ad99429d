import { readQuery } from "#components/admin/list-query";
import { EndpointView } from "#components/developers/endpoint-view";
import { platformPlace } from "#components/developers/place";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";
import { platformInputs } from "#lib/webhooks/input";

type Props = {
  params: Promise<{ endpoint: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function EndpointPage({ params, searchParams }: Props) {
  const { endpoint: endpointId } = await params;
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "webhooks:read")) return null; // The layout says so.
  const { endpoint: _, ...query } = readQuery(platformInputs.deliveries, await searchParams);
  return <EndpointView ctx={ctx} place={platformPlace} {...{ endpointId, query }} />;
}
