import { getTranslations } from "next-intl/server";
import { EditEndpointView } from "#components/developers/edit-endpoint-view";
import { platformPlace } from "#components/developers/place";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

type Props = { params: Promise<{ endpoint: string }> };

export async function generateMetadata() {
  const t = await getTranslations("developers.form");
  return { title: t("editTitle") };
}

export default async function EditEndpointPage({ params }: Props) {
  const { endpoint: endpointId } = await params;
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "webhooks:read")) return null; // The layout says so.
  return <EditEndpointView ctx={ctx} place={platformPlace} {...{ endpointId }} />;
}
