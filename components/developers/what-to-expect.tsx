import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";

/** What a receiver must know before its first message. */
export function WhatToExpect() {
  const t = useTranslations("developers.form");
  return (
    <Card title={t("expectTitle")}>
      <ul className="grid gap-3 text-muted">
        <li>{t("expectSigned")}</li>
        <li>{t("expectAnswer")}</li>
        <li>{t("expectTwice")}</li>
        <li>{t("expectRetry")}</li>
      </ul>
    </Card>
  );
}
