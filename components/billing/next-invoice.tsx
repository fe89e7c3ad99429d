import { useTranslations } from "next-intl";
import { PricedLines } from "#components/billing/priced-lines";
import { pricedTogether } from "#components/billing/priced-together";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import type { BillingPage } from "#lib/billing/get-billing";
import type { ChangeState } from "#lib/billing/get-change-state";

type Props = {
  billing: BillingPage;
  /** What was used so far, by component key; null where it is not for this person to see. */
  usage: Readonly<Record<string, string>> | null;
  /** The first invoice of a change that is planned: then it is the next one. */
  planned: ChangeState["planned"];
};

/** What comes next, line by line, by the same rater that checks every invoice. */
export function NextInvoice({ billing, usage, planned }: Props) {
  const t = useTranslations("tenant.billing.next");
  const { plan, subscription, nextInvoiceEstimate: estimate } = billing;
  if (!plan || !subscription || !estimate) {
    return (
      <Card title={t("title")}>
        <p className="text-muted">{t(whyNone(subscription))}</p>
      </Card>
    );
  }
  if (planned) return <Planned planned={planned} />;
  const { interval, seats } = subscription;
  const { currency } = estimate.amount;
  const had = [{ plan, quantity: 1 }, ...billing.addOns];
  const choice = { interval, currency, seats: seats ?? 1, ...(usage && { usage }) };
  const { components, priced } = pricedTogether(had, choice);
  return (
    <Card title={t("title")} note={t("note")}>
      <div className="grid gap-3">
        <PricedLines plan={{ components }} priced={priced} totalLabel={t("total")} />
        <p className="text-xs text-muted">
          {t("at", { at: estimate.at })}{" "}
          {estimate.isUsageExtra && t(usage ? "usageSoFar" : "usage")}
        </p>
      </div>
    </Card>
  );
}

function Planned({ planned }: { planned: NonNullable<ChangeState["planned"]> }) {
  const t = useTranslations("tenant.billing.next");
  const { planName: plan, total, at } = planned;
  return (
    <Card title={t("title")} note={t("notePlanned")}>
      <div className="grid gap-3">
        <p className="flex items-baseline justify-between gap-4">
          <span>{plan}</span>
          <Amount of={total} className="text-lg font-semibold" />
        </p>
        <p className="text-xs text-muted">
          {t("at", { at })} {t("planned", { plan })}
        </p>
      </div>
    </Card>
  );
}

function whyNone(subscription: BillingPage["subscription"]): "paused" | "nothing" | "unknown" {
  if (subscription?.status === "paused") return "paused";
  return subscription?.cancelAt ? "nothing" : "unknown";
}
