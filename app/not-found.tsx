import { getTranslations } from "next-intl/server";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Logo } from "#components/ui/logo";

export default async function NotFound() {
  const t = await getTranslations("common.notFound");
  return (
    <main id="main" className="grid min-h-dvh place-items-center">
      <EmptyState
        isPage
        icon={<Logo />}
        title={t("title")}
        action={<LinkButton href="/">{t("home")}</LinkButton>}
      >
        {t("body")}
      </EmptyState>
    </main>
  );
}
