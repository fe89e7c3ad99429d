"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { callApi } from "#lib/web/call-api";

/** The other way to give what is asked: Stripe's own page, which needs none of our scripts. */
export function HostedLink({ slug }: { slug: string }) {
  const t = useTranslations("connect.onboarding");
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const open = async () => {
    setPending(true);
    const path = `/api/v1/tenants/${slug}/connect/onboarding-link` as const;
    const answer = await callApi<{ url: string }>("POST", path);
    if (answer.ok) window.location.assign(answer.value.url);
    else setPending(false);
    setProblem(answer.ok ? undefined : answer.problem.detail);
  };
  return (
    <div className="grid gap-1">
      <Button size="sm" variant="secondary" isPending={isPending} onPress={open}>
        {t("hosted")}
      </Button>
      {problem && (
        <p role="alert" className="text-xs text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}
