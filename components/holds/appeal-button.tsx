"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { TextField } from "#components/ui/text-field";

/** Says why a hold should end. */
export function AppealButton({ slug, holdId }: { slug: string; holdId: string }) {
  const t = useTranslations("holds");
  const router = useRouter();
  const [text, setText] = useState("");
  return (
    <ConfirmDialog
      trigger={t("appeal")}
      title={t("appealTitle")}
      effect={
        <div className="grid gap-3 p-0.5 pt-2">
          <p>{t("appealEffect")}</p>
          <TextField
            name="text"
            label={t("appealLabel")}
            isRequired
            maxLength={1_000}
            onChange={setText}
          />
        </div>
      }
      confirm={t("appealSend")}
      path={`/api/v1/tenants/${slug}/connect/holds/${holdId}/appeal`}
      body={{ text }}
      onDone={() => router.refresh()}
    />
  );
}
