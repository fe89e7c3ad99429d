"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { callApi } from "#lib/web/call-api";

/** The one next step of a workspace whose account was disconnected; once taken it says so. */
export function AskReconnect({ slug, wasAsked }: { slug: string; wasAsked: boolean }) {
  const t = useTranslations("connect.onboarding");
  const [isAsked, setAsked] = useState(wasAsked);
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const ask = async () => {
    setPending(true);
    const path = `/api/v1/tenants/${slug}/connect/reconnection` as const;
    const answer = await callApi<{ status: string }>("POST", path);
    setPending(false);
    setAsked(answer.ok);
    setProblem(answer.ok ? undefined : answer.problem.detail);
  };
  if (isAsked) return <p role="status">{t("reconnectAsked")}</p>;
  return (
    <div className="grid gap-1">
      <Button size="sm" variant="secondary" isPending={isPending} onPress={ask}>
        {t("reconnect")}
      </Button>
      {problem && (
        <p role="alert" className="text-xs text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}
