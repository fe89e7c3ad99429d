"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Form, SubmitButton } from "#components/ui/form";
import { LinkButton } from "#components/ui/link-button";
import { PasswordField } from "#components/ui/password-field";

/** Sets a new password by the link from the mail. */
export function ResetForm({ token }: { token: string }) {
  const t = useTranslations("auth");
  const [isDone, setDone] = useState(false);
  if (isDone) {
    return (
      <div role="status" className="grid gap-3">
        <h2 className="font-semibold">{t("reset.doneTitle")}</h2>
        <p className="text-muted">{t("reset.done")}</p>
        <LinkButton href="/sign-in">{t("signIn.submit")}</LinkButton>
      </div>
    );
  }
  return (
    <Form path="/api/v1/passwords/reset" values={{ token }} onDone={() => setDone(true)}>
      <PasswordField
        name="password"
        label={t("fields.newPassword")}
        description={t("fields.passwordHelp")}
        autoComplete="new-password"
        minLength={10}
        isRequired
      />
      <SubmitButton fullWidth>{t("reset.submit")}</SubmitButton>
    </Form>
  );
}
