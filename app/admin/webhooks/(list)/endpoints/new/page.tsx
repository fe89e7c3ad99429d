import { getTranslations } from "next-intl/server";
import { NewEndpointView } from "#components/developers/new-endpoint-view";
import { platformPlace } from "#components/developers/place";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export async function generateMetadata() {
  const t = await getTranslations("developers.form");
  return { title: t("newTitle") };
}

export default async function NewEndpointPage() {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "webhooks:read")) return null; // The layout says so.
  return <NewEndpointView ctx={ctx} place={platformPlace} />;
}
