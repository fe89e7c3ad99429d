import { getTranslations } from "next-intl/server";
import { HomeLink } from "#components/tenant-settings/home-link";
import { EmptyState } from "#components/ui/empty-state";

export default async function TenantNotFound() {
  const t = await getTranslations("tenant");
  return (
    <EmptyState title={t("notFound.title")} action={<HomeLink>{t("backToOverview")}</HomeLink>}>
      {t("notFound.body")}
    </EmptyState>
  );
}
