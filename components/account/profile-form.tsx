"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Form, SubmitButton } from "#components/ui/form";
import { TextField } from "#components/ui/text-field";

export function ProfileForm({ name }: { name: string }) {
  const t = useTranslations("auth");
  const [isSaved, setSaved] = useState(false);
  return (
    <Form path="/api/v1/me" method="PATCH" refresh onDone={() => setSaved(true)}>
      <TextField
        name="name"
        label={t("fields.name")}
        defaultValue={name}
        autoComplete="name"
        isRequired
        onChange={() => setSaved(false)}
      />
      <div className="flex items-center gap-3">
        <SubmitButton variant="secondary">{t("account.saveName")}</SubmitButton>
        <span role="status" className="text-muted">
          {isSaved && t("account.saved")}
        </span>
      </div>
    </Form>
  );
}
