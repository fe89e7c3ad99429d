"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import type { PlanChoice } from "#components/billing/plan-picker";
import { useSubmit } from "#components/ui/use-submit";

/** Where the payment page stands, and whether a trial begins without a card. */
export type HowToBuy = { page?: "hosted" | "embedded"; card?: "now" | "later" };

/**
 * Goes to Stripe's page for a choice. The same choice again leads to the same page, so a second
 * click, a second tab or a second try after a failure can never pay twice.
 */
export function useCheckout(slug: string) {
  const router = useRouter();
  const { submit, isPending, problem } = useSubmit<{ url: string }>({
    path: `/api/v1/tenants/${slug}/checkout`,
    onDone: useCallback(
      ({ url }: { url: string }) => {
        window.location.assign(url);
        return untilBack(() => router.refresh());
      },
      [router],
    ),
  });
  const start = async (choice: PlanChoice, how: HowToBuy = {}) => {
    const answer = await submit({ ...choice, ...how });
    // Someone else was faster, in another tab or at another desk: the page shows what holds now.
    if (answer && !answer.ok && answer.problem.code === "conflict") router.refresh();
  };
  return { start, isPending, problem };
}

/** The button stays busy while the browser leaves. Back from its memory, the page looks anew. */
function untilBack(onBack: () => void): Promise<void> {
  return new Promise((resolve) => {
    const back = () => {
      onBack();
      resolve();
    };
    window.addEventListener("pageshow", back, { once: true });
  });
}
