"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { Form, SubmitButton } from "#components/ui/form";
import { TextField } from "#components/ui/text-field";

/** Asks for a link by mail. Says the same whether the address is known or not. */
export function ForgotForm() {
  const t = useTranslations("auth");
  const [sentTo, setSentTo] = useState<string>();
  if (sentTo) {
    return (
      <div role="status" className="grid gap-3">
        <h2 className="font-semibold">{t("forgot.sentTitle")}</h2>
        <p className="text-muted">{t("forgot.sent", { email: sentTo })}</p>
        <Button variant="secondary" onPress={() => setSentTo(undefined)}>
          {t("forgot.again")}
        </Button>
      </div>
    );
  }
  return (
    <Form path="/api/v1/passwords/forgot" onDone={(_, { email }) => setSentTo(email)}>
      <TextField
        name="email"
        type="email"
        label={t("fields.email")}
        autoComplete="username"
        isRequired
      />
      <SubmitButton fullWidth>{t("forgot.submit")}</SubmitButton>
    </Form>
  );
}
