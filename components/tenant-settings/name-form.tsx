"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Form, SubmitButton } from "#components/ui/form";
import { TextField } from "#components/ui/text-field";

/** The workspace's name. */
export function NameForm({ slug, name }: { slug: string; name: string }) {
  const t = useTranslations("tenant.settings");
  const [isSaved, setSaved] = useState(false);
  return (
    <Form
      path={`/api/v1/tenants/${slug}`}
      method="PATCH"
      refresh
      onDone={() => setSaved(true)}
      className="grid max-w-sm gap-4"
    >
      <TextField
        name="name"
        label={t("name")}
        defaultValue={name}
        isRequired
        maxLength={100}
        autoComplete="organization"
        onChange={() => setSaved(false)}
      />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton>{t("saveName")}</SubmitButton>
        <p role="status" className="text-xs text-muted">
          {isSaved && t("nameSaved")}
        </p>
      </div>
    </Form>
  );
}
