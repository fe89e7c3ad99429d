"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { goOn } from "#components/auth/enter";
import { ConfirmDialog } from "#components/ui/confirm-dialog";

export function SignOutOne({ sessionId, browser }: { sessionId: string; browser: string }) {
  const t = useTranslations("auth.account");
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger={t("signOutOne")}
      triggerLabel={t("signOutOneLabel", { browser })}
      title={t("signOutOneTitle")}
      effect={<p>{t("signOutOneEffect", { browser })}</p>}
      confirm={t("signOutOne")}
      path={`/api/v1/sessions/${sessionId}`}
      method="DELETE"
      onDone={() => router.refresh()}
    />
  );
}

export function SignOutEverywhere({ count }: { count: number }) {
  const t = useTranslations("auth.account");
  return (
    <ConfirmDialog
      trigger={t("signOutEverywhere")}
      triggerVariant="danger-soft"
      title={t("signOutEverywhereTitle")}
      effect={<p>{t("signOutEverywhereEffect", { count })}</p>}
      confirm={t("signOutEverywhere")}
      isDangerous
      path="/api/v1/sessions"
      method="DELETE"
      onDone={() => goOn("/sign-in")}
    />
  );
}
