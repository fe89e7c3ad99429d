import { getLocale, getTranslations } from "next-intl/server";
import { formatAmount } from "#components/ui/amount";
import { Banner } from "#components/ui/banner";
import { LinkButton } from "#components/ui/link-button";
import { findPaymentsUnderWay } from "#lib/billing/find-payments-under-way";
import { methodRow } from "#lib/payments/payment-methods";
import type { TenantContext } from "#lib/tenancy/context";

/** Payments that are at a bank: how long that takes, and that nothing is to be done. */
export async function BankWait({ ctx }: { ctx: TenantContext }) {
  const t = await getTranslations("payments.bankWait");
  const locale = await getLocale();
  const waiting = await findPaymentsUnderWay(ctx);
  return waiting.map(({ invoiceId, amount, method, since }) => {
    const known = method === null ? undefined : methodRow(method);
    const what = { amount: formatAmount(amount, locale), at: since };
    const days = known?.confirmsInDays ?? 0;
    return (
      <Banner
        key={invoiceId}
        title={t("title")}
        action={
          <LinkButton
            size="sm"
            variant="secondary"
            href={`/${ctx.tenantSlug}/invoices/${invoiceId}`}
          >
            {t("see")}
          </LinkButton>
        }
      >
        {known ? t("by", { ...what, method: known.name }) : t("plain", what)}{" "}
        {days > 0 ? t("days", { days }) : t("some")} {t("nothing")}
      </Banner>
    );
  });
}
