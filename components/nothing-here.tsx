import { useTranslations } from "next-intl";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Logo } from "#components/ui/logo";

/** What stands where nothing is, with the way back. */
export function NothingHere() {
  const t = useTranslations("common.notFound");
  return (
    <EmptyState
      isPage
      icon={<Logo />}
      title={t("title")}
      action={<LinkButton href="/">{t("home")}</LinkButton>}
    >
      {t("body")}
    </EmptyState>
  );
}
