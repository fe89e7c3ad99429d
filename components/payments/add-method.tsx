"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { FieldPlace } from "#components/payments/field-place";
import { useStripeField } from "#components/payments/use-stripe-field";
import { Button } from "#components/ui/button";
import type { BrowserKeys } from "#lib/payments/browser-keys";
import { callApi } from "#lib/web/call-api";

type Props = { base: `/api/v1/${string}`; isFirst: boolean };
type Opened = BrowserKeys & { clientSecret: string };

/** Keeps a payment method: its details go from the browser to Stripe, by the bank if it asks. */
export function AddMethod({ base, isFirst }: Props) {
  const t = useTranslations("payments.methods");
  const [opened, setOpened] = useState<Opened>();
  const [problem, setProblem] = useState<string>();
  const [isPending, setPending] = useState(false);
  const [saved, setSaved] = useState(false);
  const back = useBack(() => setSaved(true));
  const open = async () => {
    setPending(true);
    setSaved(false);
    const answer = await callApi<Opened>("POST", `${base}/payment-methods/setup`);
    setPending(false);
    if (answer.ok) setOpened(answer.value);
    setProblem(answer.ok ? undefined : answer.problem.detail);
  };
  const close = () => {
    setOpened(undefined);
    setProblem(undefined);
  };
  return (
    <div className="grid gap-4">
      {opened ? (
        <SetupForm
          {...{ base, opened, isFirst, close }}
          onSaved={() => {
            close();
            setSaved(true);
          }}
        />
      ) : (
        <div className="flex items-center gap-3">
          <Button variant="secondary" size="sm" isPending={isPending} onPress={() => void open()}>
            {t("add")}
          </Button>
          <span role="status">{saved ? t("saved") : ""}</span>
        </div>
      )}
      {(problem ?? back) && (
        <p role="alert" className="rounded-lg border border-danger/40 bg-danger-soft px-3 py-2">
          {problem ?? back}
        </p>
      )}
    </div>
  );
}

type SetupProps = Props & { opened: Opened; close: () => void; onSaved: () => void };

function SetupForm({ base, opened, isFirst, close, onSaved }: SetupProps) {
  const t = useTranslations("payments.methods");
  const router = useRouter();
  const field = useStripeField(opened);
  const [isNow, setNow] = useState(true);
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const save = async () => {
    const current = field.current();
    if (!current || isPending) return;
    setPending(true);
    setProblem(undefined);
    const { stripe, elements } = current;
    const { error, setupIntent } = await stripe.confirmSetup({
      elements,
      redirect: "if_required",
      confirmParams: { return_url: `${window.location.origin}${window.location.pathname}` },
    });
    const methodId = setupIntent?.payment_method;
    const failed = error?.message ?? (await makeDefault(base, isNow ? methodId : null));
    setPending(false);
    if (error?.type === "validation_error") return;
    if (failed) return setProblem(failed);
    onSaved();
    router.refresh();
  };
  return (
    <div className="grid gap-4">
      <FieldPlace place={field.place} state={field.state} />
      {!isFirst && (
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            checked={isNow}
            onChange={(event) => setNow(event.target.checked)}
            className="size-4 accent-(--accent)"
          />
          {t("useNow")}
        </label>
      )}
      {problem && (
        <p role="alert" className="rounded-lg border border-danger/40 bg-danger-soft px-3 py-2">
          {problem}
        </p>
      )}
      <div className="flex gap-2">
        <Button
          isPending={isPending}
          isDisabled={field.state !== "ready"}
          onPress={() => void save()}
        >
          {t("save")}
        </Button>
        <Button variant="ghost" isDisabled={isPending} onPress={close}>
          {t("cancel")}
        </Button>
      </div>
    </div>
  );
}

type Reference = string | { id: string } | null | undefined;

/** Says what went wrong, if anything did. */
async function makeDefault(base: Props["base"], method: Reference): Promise<string | undefined> {
  const id = typeof method === "string" ? method : method?.id;
  if (!id) return undefined;
  const answer = await callApi("POST", `${base}/payment-methods/${id}/default`);
  return answer.ok ? undefined : answer.problem.detail;
}

/** Somebody whose bank led them away comes back with how it ended in the address. */
function useBack(onSaved: () => void): string | undefined {
  const t = useTranslations("payments.methods");
  const [failed, setFailed] = useState<string>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with the address one came with
  useEffect(() => {
    const url = new URL(window.location.href);
    const status = url.searchParams.get("redirect_status");
    if (!url.searchParams.has("setup_intent")) return;
    for (const name of ["setup_intent", "setup_intent_client_secret", "redirect_status"]) {
      url.searchParams.delete(name);
    }
    window.history.replaceState(null, "", url);
    if (status === "failed") setFailed(t("notSaved"));
    else onSaved();
  }, []);
  return failed;
}
