import { getTranslations } from "next-intl/server";
import { NewEndpointView } from "#components/developers/new-endpoint-view";
import { placeOf } from "#components/developers/place";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

type Props = { params: Promise<{ tenant: string }> };

export async function generateMetadata() {
  const t = await getTranslations("developers.form");
  return { title: t("newTitle") };
}

export default async function NewEndpointPage({ params }: Props) {
  const ctx = await requireTenant((await params).tenant);
  if (!mayInTenant(ctx.role, "developers:read")) return null; // The layout says so.
  return <NewEndpointView ctx={ctx} place={placeOf(ctx.tenantSlug)} />;
}
