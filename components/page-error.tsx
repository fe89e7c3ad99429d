"use client";

import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button";
import { ErrorState } from "#components/ui/error-state";
import { LinkButton } from "#components/ui/link-button";

type Props = {
  error: Error & { digest?: string };
  reset: () => void;
  home?: string;
};

/** What a page shows when preparing it failed. The digest finds the failure in the log. */
export function PageError({ error, reset, home = "/" }: Props) {
  const t = useTranslations("common.error");
  return (
    <ErrorState
      title={t("title")}
      reference={error.digest ? { label: t("reference"), id: error.digest } : undefined}
      action={
        <>
          <Button onPress={reset}>{t("retry")}</Button>
          <LinkButton href={home} variant="secondary">
            {t("home")}
          </LinkButton>
        </>
      }
    >
      {t("body")}
    </ErrorState>
  );
}
