import { CircleCheck, CircleDashed } from "lucide-react";
import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import type { AccountView } from "#lib/connect/get-account";
import { isAskedNow } from "#lib/connect/standing";

type Step = { key: "account" | "business" | "check" | "payments"; isDone: boolean; detail: string };

/** The way to the first payment: what is done, and what each next step waits for. */
export function OnboardingSteps({ account }: { account: AccountView }) {
  const t = useTranslations("connect.steps");
  const steps = useSteps(account);
  return (
    <Card title={t("title")}>
      <ol className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        {steps.map(({ key, isDone, detail }) => {
          const Icon = isDone ? CircleCheck : CircleDashed;
          return (
            <li key={key} className="flex items-start gap-2">
              <Icon
                aria-hidden
                className={`mt-0.5 size-4 shrink-0 ${isDone ? "text-success" : "text-muted"}`}
              />
              <div>
                <p className="font-medium">{t(`${key}.title`)}</p>
                <p className="text-xs text-muted">{detail}</p>
                <span className="sr-only">{t(isDone ? "done" : "open")}</span>
              </div>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}

function useSteps({ status, requirements }: AccountView): Step[] {
  const t = useTranslations("connect.steps");
  const asked = requirements.filter(isAskedNow).length;
  const isMade = status !== "invited";
  const isOn = status === "active";
  const isGiven = isMade && asked === 0;
  const isChecking = status === "verifying";
  return [
    { key: "account", isDone: isMade, detail: t(isMade ? "account.done" : "account.todo") },
    {
      key: "business",
      isDone: isGiven,
      detail: isGiven ? t("business.done") : t("business.todo", { count: Math.max(asked, 1) }),
    },
    {
      key: "check",
      isDone: isOn,
      detail: t(isOn ? "check.done" : isChecking ? "check.waiting" : "check.todo"),
    },
    { key: "payments", isDone: isOn, detail: t(isOn ? "payments.done" : "payments.todo") },
  ];
}
