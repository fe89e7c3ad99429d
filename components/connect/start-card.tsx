"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { callApi } from "#lib/web/call-api";

type Props = { slug: string; mayStart: boolean };

/** The beginning: what it is, what it takes, one button. */
export function StartCard({ slug, mayStart }: Props) {
  const t = useTranslations("connect.onboarding");
  const router = useRouter();
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const start = async () => {
    setPending(true);
    const answer = await callApi("POST", `/api/v1/tenants/${slug}/connect`);
    if (answer.ok) router.refresh();
    else setPending(false);
    setProblem(answer.ok ? undefined : answer.problem.detail);
  };
  return (
    <Card>
      <div className="mx-auto grid max-w-lg justify-items-center gap-3 py-8 text-center">
        <p className="font-semibold">{t("startTitle")}</p>
        <p className="text-muted">{t("startBody")}</p>
        {mayStart ? (
          <Button isPending={isPending} onPress={start}>
            {t("start")}
          </Button>
        ) : (
          <p className="text-xs text-muted">{t("notYours")}</p>
        )}
        {problem && (
          <p role="alert" className="text-danger">
            {problem}
          </p>
        )}
      </div>
    </Card>
  );
}
