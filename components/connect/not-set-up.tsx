import { Landmark } from "lucide-react";
import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";

/** Payments before there is an account: what will be here, and the one way to begin. */
export function NotSetUp({ slug }: { slug: string }) {
  const t = useTranslations("connect.empty");
  return (
    <Card>
      <EmptyState
        icon={<Landmark />}
        title={t("title")}
        action={<LinkButton href={`/${slug}/onboarding`}>{t("action")}</LinkButton>}
      >
        {t("body")}
      </EmptyState>
    </Card>
  );
}
