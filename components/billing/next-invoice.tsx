import { useTranslations } from "next-intl";
import { PricedLines } from "#components/billing/priced-lines";
import { Card } from "#components/ui/card";
import type { BillingPage } from "#lib/billing/get-billing";
import { priceOf } from "#lib/catalog/price-of";

/** What comes next, line by line, by the same rater that checks every invoice. */
export function NextInvoice({ billing }: { billing: BillingPage }) {
  const t = useTranslations("tenant.billing.next");
  const { plan, subscription, nextInvoiceEstimate: estimate } = billing;
  if (!plan || !subscription || !estimate) {
    return (
      <Card title={t("title")}>
        <p className="text-muted">{subscription?.cancelAt ? t("nothing") : t("unknown")}</p>
      </Card>
    );
  }
  const { interval, seats } = subscription;
  const { currency } = estimate.amount;
  const priced = priceOf(plan, { interval, currency, seats: seats ?? 1 });
  return (
    <Card title={t("title")} note={t("note")}>
      <div className="grid gap-3">
        <PricedLines plan={plan} priced={priced} totalLabel={t("total")} />
        <p className="text-xs text-muted">
          {t("at", { at: estimate.at })} {estimate.isUsageExtra && t("usage")}
        </p>
      </div>
    </Card>
  );
}
