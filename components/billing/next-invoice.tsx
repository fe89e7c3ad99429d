import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { PricedLines } from "#components/billing/priced-lines";
import { pricedTogether } from "#components/billing/priced-together";
import { readNextInvoice } from "#components/billing/read-next-invoice";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { Skeleton } from "#components/ui/skeleton";
import type { BillingPage } from "#lib/billing/get-billing";
import type { ChangeState } from "#lib/billing/get-change-state";
import type { NextInvoice as Invoice } from "#lib/billing/get-next-invoice";
import type { Money } from "#lib/money/money";
import type { TenantContext } from "#lib/tenancy/context";

type Props = {
  ctx: TenantContext;
  billing: BillingPage;
  /** A change that is planned for then: the invoice is its first. */
  planned: ChangeState["planned"];
};

/** What comes next, line by line, down to what is to pay. */
export async function NextInvoice({ ctx, billing, planned }: Props) {
  const t = await getTranslations("tenant.billing.next");
  const invoice = await readNextInvoice(ctx);
  if (invoice) return <Drawn invoice={invoice} planned={planned} />;
  if (invoice === undefined && billing.nextInvoiceEstimate && !planned) {
    return <Listed billing={billing} />;
  }
  return (
    <Card title={t("title")}>
      <p className="text-muted">
        {t(invoice === null ? whyNone(billing.subscription) : "unknown")}
      </p>
    </Card>
  );
}

/** Its place while Stripe draws it up. */
export function NextInvoiceSkeleton() {
  const t = useTranslations("tenant.billing.next");
  return (
    <Card title={t("title")}>
      <Skeleton className="h-24" />
    </Card>
  );
}

function Drawn({ invoice, planned }: { invoice: Invoice; planned: Props["planned"] }) {
  const t = useTranslations("tenant.billing.next");
  const { lines, discount, tax, total, creditUsed, owedBefore, due } = invoice;
  const { carriedOver, creditGiven } = invoice;
  const isTotalDue = due.minor === total.minor;
  return (
    <Card title={t("title")} note={t("note")}>
      <div className="grid gap-3">
        <dl className="grid gap-1.5">
          {lines.map((line, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two lines may say and cost the same
            <Row key={place} label={nameOf(line, t)} of={line.amount} />
          ))}
          <Row label={t("discount")} of={less(discount)} />
          <Row label={t("tax")} of={tax} />
          {!isTotalDue && (
            <>
              <Row label={t("total")} of={total} />
              <Row label={t("credit")} of={less(creditUsed)} />
              <Row label={t("owed")} of={owedBefore} />
              <Row label={t("carriedOver")} of={less(carriedOver)} />
              <Row label={t("becomesCredit")} of={creditGiven} />
            </>
          )}
          <div className="flex items-baseline justify-between gap-4 border-t border-separator pt-2 font-semibold">
            <dt>{t(isTotalDue ? "total" : "due")}</dt>
            <dd className="text-base">
              <Amount of={due} />
            </dd>
          </div>
        </dl>
        <p className="text-xs text-muted">
          {t("at", { at: invoice.at })} {planned && t("planned", { plan: planned.planName })}{" "}
          {invoice.isUsageExtra && t("usageSoFar")}
        </p>
      </div>
    </Card>
  );
}

/** One line; of nothing there is none to show. */
function Row({ label, of }: { label: string; of: Money }) {
  if (of.minor === 0n) return null;
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt className="text-muted">{label}</dt>
      <dd>
        <Amount of={of} />
      </dd>
    </div>
  );
}

function nameOf(
  { name, quantity }: Invoice["lines"][number],
  t: (key: "quantity", values: { name: string; quantity: number }) => string,
): string {
  const count = Number(quantity ?? 1);
  return count > 1 ? t("quantity", { name, quantity: count }) : name;
}

function less({ minor, currency }: Money): Money {
  return { minor: -minor, currency };
}

/** Without Stripe's word: the plan and its seats at their prices. */
function Listed({ billing }: { billing: BillingPage }) {
  const t = useTranslations("tenant.billing.next");
  const { plan, subscription, addOns, nextInvoiceEstimate: estimate } = billing;
  if (!plan || !subscription || !estimate) return null;
  const { interval, seats } = subscription;
  const choice = { interval, currency: estimate.amount.currency, seats: seats ?? 1 };
  const { components, priced } = pricedTogether([{ plan, quantity: 1 }, ...addOns], choice);
  return (
    <Card title={t("title")} note={t("noteListed")}>
      <div className="grid gap-3">
        <PricedLines plan={{ components }} priced={priced} totalLabel={t("total")} />
        <p className="text-xs text-muted">
          {t("at", { at: estimate.at })} {t("listed")} {estimate.isUsageExtra && t("usage")}
        </p>
      </div>
    </Card>
  );
}

function whyNone(subscription: BillingPage["subscription"]): "paused" | "nothing" | "unknown" {
  if (subscription?.status === "paused") return "paused";
  return subscription?.cancelAt ? "nothing" : "unknown";
}
