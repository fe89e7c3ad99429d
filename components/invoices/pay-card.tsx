"use client";

import { useTranslations } from "next-intl";
import { useEffect, useId, useState } from "react";
import { MethodName } from "#components/invoices/method-name";
import { DeclineWords } from "#components/invoices/pay-outcome";
import { usePay } from "#components/invoices/use-pay";
import { FieldPlace } from "#components/payments/field-place";
import { useStripeField } from "#components/payments/use-stripe-field";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { LinkButton } from "#components/ui/link-button";
import type { BrowserKeys } from "#lib/payments/browser-keys";
import type { Method } from "#lib/payments/method";
import { callApi } from "#lib/web/call-api";

type Props = {
  /** The invoice in the API. */
  base: `/api/v1/${string}`;
  /** What is paid, as people read it. */
  amount: string;
  methods: readonly Method[];
  hostedUrl: string | null;
  /** It bills the plan, so what pays it may pay for the plan from now on. */
  isOfPlan: boolean;
};
const another = "another";

/** Pays an open invoice: with a kept method, with new details, or on Stripe's page. */
export function PayCard({ base, amount, methods, hostedUrl, isOfPlan }: Props) {
  const t = useTranslations("payments.pay");
  const usable = methods.filter(({ expires }) => expires !== "expired");
  const [chosen, setChosen] = useState(usable[0]?.id ?? another);
  const [isForPlan, setForPlan] = useState(isOfPlan);
  const pay = usePay(base, isOfPlan && isForPlan);
  const opened = useOpened(base, chosen === another && !pay.ended);
  const field = useStripeField(opened.keys);
  useReturn(pay.settle);
  if (pay.ended) return <Ended as={pay.ended} />;
  const press = () => {
    if (chosen !== another) return void pay.payWith(chosen);
    const current = field.current();
    if (current) void pay.payByField(current);
  };
  const isReady = chosen !== another || field.state === "ready";
  return (
    <Card title={t("title", { amount })}>
      <div className="grid gap-4">
        <Choices {...{ usable, chosen, setChosen }} isDisabled={pay.isPending} />
        {chosen === another && <FieldPlace place={field.place} state={field.state} />}
        {isOfPlan && (
          <label className="flex items-center gap-2">
            <input
              type="checkbox"
              checked={isForPlan}
              onChange={(event) => setForPlan(event.target.checked)}
              disabled={pay.isPending}
              className="size-4 accent-(--accent)"
            />
            {t("forPlan")}
          </label>
        )}
        {(pay.declined || pay.problem || opened.problem) && (
          <p role="alert" className="rounded-lg border border-danger/40 bg-danger-soft px-3 py-2">
            {pay.declined ? <DeclineWords of={pay.declined} /> : (pay.problem ?? opened.problem)}
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          <Button isPending={pay.isPending} isDisabled={!isReady} onPress={press}>
            {t("pay", { amount })}
          </Button>
          {hostedUrl && (
            <LinkButton href={hostedUrl} variant="ghost">
              {t("atStripe")}
            </LinkButton>
          )}
        </div>
      </div>
    </Card>
  );
}

type ChoicesProps = {
  usable: readonly Method[];
  chosen: string;
  setChosen: (id: string) => void;
  isDisabled: boolean;
};

function Choices({ usable, chosen, setChosen, isDisabled }: ChoicesProps) {
  const t = useTranslations("payments.pay");
  const name = useId();
  if (usable.length === 0) return null;
  const one = (id: string, label: React.ReactNode) => (
    <label
      key={id}
      className="flex min-h-11 items-center gap-3 rounded-lg border border-border px-3 py-2 has-checked:border-accent"
    >
      <input
        type="radio"
        name={name}
        checked={chosen === id}
        onChange={() => setChosen(id)}
        disabled={isDisabled}
        className="size-4 accent-(--accent)"
      />
      <span>{label}</span>
    </label>
  );
  return (
    <fieldset className="grid gap-2">
      <legend className="sr-only">{t("with")}</legend>
      {usable.map((method) => one(method.id, <MethodName of={method} />))}
      {one(another, t("another"))}
    </fieldset>
  );
}

function Ended({ as }: { as: "paid" | "processing" }) {
  const t = useTranslations("payments.pay");
  return (
    <Card>
      <p role="status">{t(as)}</p>
    </Card>
  );
}

/** Asks for what Stripe's fields need, once they are wanted. */
function useOpened(base: Props["base"], isWanted: boolean) {
  const [keys, setKeys] = useState<BrowserKeys & { clientSecret: string }>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    if (!isWanted || keys) return;
    const abort = new AbortController();
    const ask = callApi<BrowserKeys & { clientSecret: string }>(
      "POST",
      `${base}/payment`,
      undefined,
      abort.signal,
    );
    void ask.then((answer) => {
      if (abort.signal.aborted) return;
      if (answer.ok) setKeys(answer.value);
      else setProblem(answer.problem.detail);
    });
    return () => abort.abort();
  }, [base, isWanted, keys]);
  return { keys: isWanted ? keys : undefined, problem: isWanted ? problem : undefined };
}

/** Somebody who was led to their bank's page comes back with the payment in the address. */
function useReturn(settle: () => Promise<void>): void {
  useEffect(() => {
    const url = new URL(window.location.href);
    if (!url.searchParams.has("payment_intent")) return;
    const names = ["payment_intent", "payment_intent_client_secret", "redirect_status"];
    for (const name of names) url.searchParams.delete(name);
    window.history.replaceState(null, "", url);
    void settle();
  }, [settle]);
}
