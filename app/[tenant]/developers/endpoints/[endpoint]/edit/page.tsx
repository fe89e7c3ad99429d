import { getTranslations } from "next-intl/server";
import { EditEndpointView } from "#components/developers/edit-endpoint-view";
import { placeOf } from "#components/developers/place";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

type Props = { params: Promise<{ tenant: string; endpoint: string }> };

export async function generateMetadata() {
  const t = await getTranslations("developers.form");
  return { title: t("editTitle") };
}

export default async function EditEndpointPage({ params }: Props) {
  const { tenant, endpoint: endpointId } = await params;
  const ctx = await requireTenant(tenant);
  if (!mayInTenant(ctx.role, "developers:read")) return null; // The layout says so.
  return <EditEndpointView ctx={ctx} place={placeOf(ctx.tenantSlug)} {...{ endpointId }} />;
}
