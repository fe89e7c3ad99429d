import { useLocale, useTranslations } from "next-intl";
import { formatAmount } from "#components/ui/amount";
import { Banner } from "#components/ui/banner";
import { LinkButton } from "#components/ui/link-button";
import type { InvoiceSummary } from "#lib/billing/invoice";
import type { SubscriptionView } from "#lib/billing/subscription";

type Props = {
  slug: string;
  subscription: SubscriptionView;
  /** The oldest thing to pay, where there is one. */
  openInvoice: InvoiceSummary | undefined;
};

/** What is wrong with a plan that is not simply active: what happened, what follows, what to do. */
export function DueBanner({ slug, subscription: { status }, openInvoice }: Props) {
  const t = useTranslations("tenant.billing.due");
  const locale = useLocale();
  if (status !== "past_due" && status !== "unpaid") return null;
  const see = openInvoice && (
    <LinkButton size="sm" variant="secondary" href={`/${slug}/invoices/${openInvoice.id}`}>
      {t("see")}
    </LinkButton>
  );
  return (
    <Banner kind="danger" title={t(`${status}.title`)} action={see}>
      {openInvoice
        ? t(`${status}.body`, { amount: formatAmount(openInvoice.amountDue, locale) })
        : t("bodyUnknown")}
    </Banner>
  );
}
