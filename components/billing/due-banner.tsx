import { useFormatter, useLocale, useTranslations } from "next-intl";
import { formatAmount } from "#components/ui/amount";
import { Banner } from "#components/ui/banner";
import { LinkButton } from "#components/ui/link-button";
import type { BillingPage } from "#lib/billing/get-billing";
import type { InvoiceSummary } from "#lib/billing/invoice";
import type { SubscriptionView } from "#lib/billing/subscription";

type Props = {
  slug: string;
  subscription: SubscriptionView;
  /** The oldest thing to pay, where there is one. */
  openInvoice: InvoiceSummary | undefined;
  /** When Stripe tries again to take its money. */
  nextTryAt: Date | null;
  /** What comes with the end of a trial. */
  estimate: BillingPage["nextInvoiceEstimate"];
};

/** A plan that is not simply active: what happened, until when, what follows, what to do. */
export function DueBanner({ slug, subscription, openInvoice, nextTryAt, estimate }: Props) {
  const t = useTranslations("tenant.billing.due");
  const format = useFormatter();
  const locale = useLocale();
  const { status } = subscription;
  if (status === "trialing") return <Trial {...{ slug, subscription, estimate }} />;
  if (status !== "past_due" && status !== "unpaid") return null;
  const see = openInvoice && (
    <LinkButton size="sm" variant="secondary" href={`/${slug}/invoices/${openInvoice.id}`}>
      {t("see")}
    </LinkButton>
  );
  const again =
    nextTryAt === null
      ? t("noNext")
      : t("next", { at: format.dateTime(nextTryAt, { dateStyle: "medium" }) });
  return (
    <Banner kind="danger" title={t(`${status}.title`)} action={see}>
      {openInvoice
        ? `${t(`${status}.body`, { amount: formatAmount(openInvoice.amountDue, locale) })} ${again}`
        : t("bodyUnknown")}
    </Banner>
  );
}

type TrialProps = Pick<Props, "slug" | "subscription" | "estimate">;

/** One that ends with the trial says so itself. */
function Trial({ slug, subscription, estimate }: TrialProps) {
  const t = useTranslations("tenant.billing.trial");
  const format = useFormatter();
  const locale = useLocale();
  const { currentPeriodEnd: ends, cancelAt } = subscription;
  if (ends === null || cancelAt !== null) return null;
  return (
    <Banner
      title={t("title", { at: format.dateTime(ends, { dateStyle: "medium" }) })}
      action={
        <LinkButton size="sm" variant="secondary" href={`/${slug}/billing/payment`}>
          {t("pay")}
        </LinkButton>
      }
    >
      {estimate
        ? t(estimate.isUsageExtra ? "thenAndUsage" : "then", {
            amount: formatAmount(estimate.amount, locale),
          })
        : t("thenUnknown")}{" "}
      {t("without")}
    </Banner>
  );
}
