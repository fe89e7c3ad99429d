"use client";

import { useRouter } from "next/navigation";
import { useCallback, useRef, useState } from "react";
import { stripeOf } from "#components/payments/load-stripe";
import type { Field } from "#components/payments/use-stripe-field";
import { type DeclineKind, declineKindOf } from "#lib/billing/invoice-decline";
import type { BrowserKeys } from "#lib/payments/browser-keys";
import type { PayOutcome } from "#lib/payments/pay-invoice";
import { callApi } from "#lib/web/call-api";

type Path = `/api/v1/${string}`;
export type PayState = {
  isPending: boolean;
  declined: DeclineKind | undefined;
  /** Anything that is not a bank's no, in words. */
  problem: string | undefined;
  /** Paid, or on its way: the page is being brought up to it. */
  ended: "paid" | "processing" | undefined;
};
const still: PayState = {
  isPending: false,
  declined: undefined,
  problem: undefined,
  ended: undefined,
};

/** Where a payment stands, one at a time. */
function usePayState(base: Path, forPlan: boolean) {
  const router = useRouter();
  const [state, setState] = useState<PayState>(still);
  const isBusy = useRef(false);

  const end = useCallback(
    (outcome: PayOutcome) => {
      if (outcome.kind === "declined") setState({ ...still, declined: outcome.decline });
      else if (outcome.kind === "needs_action") {
        setState({ ...still, declined: "authentication" });
      } else {
        setState({ ...still, ended: outcome.kind });
        router.refresh();
      }
    },
    [router],
  );
  const settle = useCallback(async () => {
    const answer = await callApi<PayOutcome>("POST", `${base}/settle`, { forPlan });
    if (answer.ok) end(answer.value);
    else setState({ ...still, problem: answer.problem.detail });
  }, [base, end, forPlan]);
  const during = useCallback(async (work: () => Promise<void>) => {
    if (isBusy.current) return;
    isBusy.current = true;
    setState({ ...still, isPending: true });
    try {
      await work();
    } catch (error) {
      setState({ ...still, problem: error instanceof Error ? error.message : String(error) });
    } finally {
      isBusy.current = false;
    }
  }, []);

  return { state, setState, end, settle, during, refresh: router.refresh };
}

/** Pays an invoice to the end, through whatever the payer's bank asks on the way. */
export function usePay(base: Path, forPlan: boolean) {
  const { state, setState, end, settle, during, refresh } = usePayState(base, forPlan);
  const payWith = (methodId: string | null) =>
    during(async () => {
      const outcome = await chargeKept(base, { methodId, forPlan });
      if (typeof outcome === "string") setState({ ...still, problem: outcome });
      else if (outcome) end(outcome);
      else await settle();
    });
  const payByField = (field: Field) =>
    during(async () => {
      const declined = await confirmField(field);
      if (declined === "typing") return setState(still);
      if (!declined) return settle();
      setState({ ...still, declined });
      refresh();
    });
  /** Goes on with a payment that was begun elsewhere, where its bank asks for the payer. */
  const goOn = () =>
    during(async () => {
      const outcome = await goOnWith(base, forPlan);
      if (typeof outcome === "string") setState({ ...still, problem: outcome });
      else if (outcome) end(outcome);
      else await settle();
    });

  return { ...state, payWith, payByField, goOn, settle };
}

type Kept = { methodId: string | null; forPlan: boolean };

/** Charges a kept method. Nothing: its bank was asked, and how that ended is to be looked up. */
async function chargeKept(base: Path, kept: Kept): Promise<PayOutcome | string | undefined> {
  const sent = { ...kept, key: crypto.randomUUID() };
  const answer = await callApi<PayOutcome>("POST", `${base}/pay`, sent);
  if (!answer.ok) return answer.problem.detail;
  if (answer.value.kind !== "needs_action") return answer.value;
  return askBank(base, answer.value.clientSecret);
}

/** A bank that refused because it could not ask is tried anew, with its payer at the screen. */
async function goOnWith(base: Path, forPlan: boolean): Promise<PayOutcome | string | undefined> {
  const answer = await callApi<PayOutcome>("POST", `${base}/settle`, { forPlan });
  if (!answer.ok) return answer.problem.detail;
  const { value } = answer;
  if (value.kind === "needs_action") return askBank(base, value.clientSecret);
  const wasNotAsked = value.kind === "declined" && value.decline === "authentication";
  return wasNotAsked ? chargeKept(base, { methodId: null, forPlan }) : value;
}

/** Lets the payer's bank ask them. What keeps it from asking is answered in words. */
async function askBank(base: Path, clientSecret: string): Promise<string | undefined> {
  const keys = await callApi<BrowserKeys>("POST", `${base}/payment`);
  if (!keys.ok) return keys.problem.detail;
  const stripe = await stripeOf(keys.value);
  await stripe.handleNextAction({ clientSecret });
  return undefined;
}

/** Pays with what was typed. Nothing: it went through, or its bank was asked. */
async function confirmField({ stripe, elements }: Field): Promise<DeclineKind | "typing" | null> {
  const { error } = await stripe.confirmPayment({
    elements,
    redirect: "if_required",
    confirmParams: { return_url: window.location.href },
  });
  if (!error) return null;
  if (error.type === "validation_error") return "typing";
  return declineKindOf(error.decline_code ?? null, error.code ?? null);
}
