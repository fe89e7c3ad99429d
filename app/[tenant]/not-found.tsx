import { getTranslations } from "next-intl/server";
import { HomeLink } from "#components/tenant-settings/home-link";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { Page, PageHeader } from "#components/ui/page-header";

export default async function TenantNotFound() {
  const t = await getTranslations("tenant");
  return (
    <Page>
      <PageHeader title={t("notFound.page")} />
      <Card>
        <EmptyState title={t("notFound.title")} action={<HomeLink>{t("backToOverview")}</HomeLink>}>
          {t("notFound.body")}
        </EmptyState>
      </Card>
    </Page>
  );
}
