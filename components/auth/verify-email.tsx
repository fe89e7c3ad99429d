"use client";

import { Spinner } from "@heroui/react/spinner";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { ResendVerification } from "#components/auth/resend-verification";
import { LinkButton } from "#components/ui/link-button";
import { useSubmit } from "#components/ui/use-submit";

type Props = {
  token: string;
  isSignedIn: boolean;
};

/** Hands the link's secret in as soon as it is open; opening it again does no harm. */
export function VerifyEmail({ token, isSignedIn }: Props) {
  const t = useTranslations("auth.verify");
  const [isDone, setDone] = useState(false);
  const { submit, problem } = useSubmit({
    path: "/api/v1/verification/confirm",
    onDone: () => setDone(true),
  });
  const hasBegun = useRef(false);
  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    void submit({ token });
  }, [submit, token]);

  const goOn = (
    <LinkButton href={isSignedIn ? "/account" : "/sign-in"} variant="secondary" fullWidth>
      {isSignedIn ? t("goOn") : t("signInFirst")}
    </LinkButton>
  );
  return (
    <div role="status" className="grid gap-3">
      {isDone ? (
        <>
          <p className="font-semibold">{t("doneTitle")}</p>
          <p className="text-muted">{t("done")}</p>
          <LinkButton href={isSignedIn ? "/account" : "/sign-in"} fullWidth>
            {t("goOn")}
          </LinkButton>
        </>
      ) : problem ? (
        <>
          <p className="font-semibold">{t("failedTitle")}</p>
          <p className="text-muted">{problem.detail}</p>
          {isSignedIn ? <ResendVerification label={t("resend")} done={t("resent")} /> : goOn}
        </>
      ) : (
        <p className="flex items-center gap-2 text-muted">
          <Spinner size="sm" /> {t("checking")}
        </p>
      )}
    </div>
  );
}
