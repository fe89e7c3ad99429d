"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Form, SubmitButton } from "#components/ui/form";
import { PasswordField } from "#components/ui/password-field";

/** Changes the password. The e-mail goes along unseen, for the password manager. */
export function PasswordForm({ email }: { email: string }) {
  const t = useTranslations("auth");
  const [changes, setChanges] = useState(0);
  return (
    <Form
      // A new form after each change, so that its fields are empty again.
      key={changes}
      path="/api/v1/passwords/change"
      toBody={({ current, password }) => ({ current, password })}
      refresh
      onDone={() => setChanges(changes + 1)}
    >
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <PasswordField
        name="current"
        label={t("account.currentPassword")}
        autoComplete="current-password"
        isRequired
      />
      <PasswordField
        name="password"
        label={t("fields.newPassword")}
        description={t("fields.passwordHelp")}
        autoComplete="new-password"
        minLength={10}
        isRequired
      />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton variant="secondary">{t("account.changePassword")}</SubmitButton>
        <span role="status" className="text-muted">
          {changes > 0 && t("account.passwordChanged")}
        </span>
      </div>
    </Form>
  );
}
