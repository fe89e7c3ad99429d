"use client";

import { useTranslations } from "next-intl";
import { ErrorState } from "#components/ui/error-state";
import { buttonStyle, LinkButton } from "#components/ui/link-button";

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
      isPage
      title={t("title")}
      reference={error.digest ? { label: t("reference"), id: error.digest } : undefined}
      action={
        <>
          <button type="button" onClick={reset} className={buttonStyle()}>
            {t("retry")}
          </button>
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
