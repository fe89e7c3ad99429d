"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Banner } from "#components/ui/banner";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { LinkButton } from "#components/ui/link-button";
import { Progress } from "#components/ui/meter";
import type { SubscriptionStatusView } from "#lib/billing/get-subscription-status";
import { callApi } from "#lib/web/call-api";

const everyMs = 400;
const patienceMs = 60_000;

type Props = {
  slug: string;
  /** The plan, once the workspace has it; the wait is over then. */
  activePlan: string | null;
};

/**
 * Back from Stripe's page: asks until the confirmation has arrived, then has the page show the plan
 * without a reload. After a minute it stops asking and says what is safe.
 */
export function CheckoutWatch({ slug, activePlan }: Props) {
  const t = useTranslations("tenant.billing.wait");
  const { state, again } = useWait(slug, activePlan !== null);
  if (activePlan !== null) {
    return <Banner title={t("activeTitle", { plan: activePlan })}>{t("activeBody")}</Banner>;
  }
  if (state === "slow") {
    return (
      <Banner
        kind="warning"
        title={t("slowTitle")}
        action={
          <div className="flex flex-wrap gap-2">
            <Button size="sm" variant="secondary" onPress={again}>
              {t("slowAction")}
            </Button>
            <LinkButton size="sm" variant="ghost" href={`/${slug}/billing`}>
              {t("slowPlans")}
            </LinkButton>
          </div>
        }
      >
        {t("slowBody")}
      </Banner>
    );
  }
  return (
    <Card>
      <div role="status" className="mx-auto grid max-w-md gap-3 py-8 text-center">
        <p className="font-semibold">{t("title")}</p>
        <p className="text-muted">{t("body")}</p>
        <Progress label={state === "offline" ? t("offline") : t("checking")} />
      </div>
    </Card>
  );
}

type Wait = "asking" | "offline" | "slow";

function useWait(slug: string, isOver: boolean): { state: Wait; again: () => void } {
  const router = useRouter();
  const [state, setState] = useState<Wait>("asking");
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks for another minute
  useEffect(() => {
    if (isOver) {
      // The address has done its work; a reload later must not celebrate again.
      window.history.replaceState(null, "", `/${slug}/billing`);
      return;
    }
    const abort = new AbortController();
    setState("asking");
    void ask(slug, abort.signal, setState).then((isActive) => isActive && router.refresh());
    return () => abort.abort();
  }, [slug, isOver, round, router]);
  return { state, again: () => setRound((last) => last + 1) };
}

/** Asks again and again; true once the workspace has a plan. */
async function ask(
  slug: string,
  signal: AbortSignal,
  tell: (state: Wait) => void,
): Promise<boolean> {
  const until = performance.now() + patienceMs;
  while (performance.now() < until && !signal.aborted) {
    const path = `/api/v1/tenants/${slug}/subscription` as const;
    const answer = await callApi<SubscriptionStatusView>("GET", path, undefined, signal);
    if (signal.aborted) return false;
    if (answer.ok && answer.value.status !== "none") return true;
    tell(answer.ok || answer.problem.status > 0 ? "asking" : "offline");
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  if (!signal.aborted) tell("slow");
  return false;
}
