import { getTranslations } from "next-intl/server";
import { EntitlementCard } from "#components/entitlements/entitlement-card";
import { Page, PageHeader } from "#components/ui/page-header";
import { getEntitlements } from "#lib/entitlements/get-entitlements";
import { requireTenant } from "#lib/web/session";

export async function generateMetadata() {
  const t = await getTranslations("seats.entitlements");
  return { title: t("title") };
}

type Props = { params: Promise<{ tenant: string }> };

export default async function EntitlementsPage({ params }: Props) {
  const ctx = await requireTenant((await params).tenant);
  const t = await getTranslations("seats.entitlements");
  const entitlements = await getEntitlements(ctx);
  return (
    <Page>
      <PageHeader title={t("title")} sentence={t("sentence")} />
      <EntitlementCard entitlements={entitlements} slug={ctx.tenantSlug} kind="alone" />
      <p className="text-xs text-muted">{t("api")}</p>
    </Page>
  );
}
