import { getTranslations } from "next-intl/server";
import { EntitlementCard } from "#components/entitlements/entitlement-card";
import { Page, PageHeader } from "#components/ui/page-header";
import { getEntitlements } from "#lib/entitlements/get-entitlements";
import { requireTenant } from "#lib/web/session";

export async function generateMetadata() {
  const t = await getTranslations("seats.entitlements");
  return { title: t("title") };
}

export default async function EntitlementsPage(props: PageProps<"/[tenant]/billing/entitlements">) {
  const ctx = await requireTenant((await props.params).tenant);
  const t = await getTranslations("seats.entitlements");
  const entitlements = await getEntitlements(ctx);
  return (
    <Page>
      <PageHeader title={t("title")} sentence={t("sentence")} />
      <EntitlementCard entitlements={entitlements} slug={ctx.tenantSlug} />
      <p className="text-xs text-muted">{t("api")}</p>
    </Page>
  );
}
