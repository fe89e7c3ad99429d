"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { ProblemAlert } from "#components/ui/form";
import { useSubmit } from "#components/ui/use-submit";

/** Sends the verification link once more, and says so in place. */
export function ResendVerification({ email }: { email: string }) {
  const t = useTranslations("tenant.setup.verify");
  const [isSent, setSent] = useState(false);
  const { submit, isPending, problem } = useSubmit({
    path: "/api/v1/verification",
    onDone: () => setSent(true),
  });
  if (isSent) {
    return (
      <p role="status" className="text-xs text-muted">
        {t("sent", { email })}
      </p>
    );
  }
  return (
    <div className="grid justify-items-start gap-2">
      <Button size="sm" variant="secondary" isPending={isPending} onPress={() => void submit()}>
        {t("action")}
      </Button>
      <ProblemAlert problem={problem} />
    </div>
  );
}
