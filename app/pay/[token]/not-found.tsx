import { useTranslations } from "next-intl";
import { EmptyState } from "#components/ui/empty-state";

export default function NoSuchLink() {
  const t = useTranslations("selling.pay");
  return (
    <EmptyState isPage title={t("missing")}>
      {t("missingText")}
    </EmptyState>
  );
}
