"use client";

import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button";
import { ProblemAlert } from "#components/ui/form";
import { useSubmit } from "#components/ui/use-submit";

/** Leads to Stripe's own page of the same, by a link that opens once. */
export function PortalButton({ base }: { base: `/api/v1/${string}` }) {
  const t = useTranslations("payments.page");
  const { submit, isPending, problem } = useSubmit<{ url: string }>({
    path: `${base}/portal`,
    onDone: ({ url }) => window.location.assign(url),
  });
  return (
    <div className="grid justify-items-start gap-2">
      <Button variant="ghost" size="sm" isPending={isPending} onPress={() => void submit()}>
        {t("portal")}
      </Button>
      <p className="text-xs text-muted">{t("portalWhy")}</p>
      <ProblemAlert problem={problem} />
    </div>
  );
}
