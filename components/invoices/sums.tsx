import { useTranslations } from "next-intl";
import { useTaxWords } from "#components/invoices/tax-words";
import { Amount } from "#components/ui/amount";
import type { InvoicePage } from "#lib/billing/invoice-page";
import type { Money } from "#lib/money/money";

/** From the lines down to what is left to pay: each step that is not nothing. */
export function Sums({ invoice }: { invoice: InvoicePage }) {
  const t = useTranslations("payments.sums");
  const taxWords = useTaxWords();
  const { sums, total, amountPaid, status } = invoice;
  const isSimple = sums.subtotal.minor === total.minor && sums.taxes.length === 0;
  return (
    <dl className="ms-auto grid w-full max-w-sm gap-1.5 border-t border-separator px-4 py-3 sm:border-t-0">
      {!isSimple && <Row label={t("subtotal")} of={sums.subtotal} />}
      <Row label={t("discount")} of={sums.discounts} isLess />
      {sums.taxes.map((tax) => (
        <Row
          key={`${tax.percent} ${tax.reason} ${tax.amount.minor}`}
          label={taxWords(tax)}
          of={tax.amount}
          isAlways
        />
      ))}
      <Row label={t("total")} of={total} isStrong isAlways />
      <Row label={t("credited")} of={sums.creditedBefore} isLess />
      <Row label={t("balance")} of={sums.balanceApplied} isLess />
      <Row label={t("paid")} of={amountPaid} isLess />
      <Row label={t("creditedAfter")} of={sums.creditedAfter} />
      {(status === "open" || status === "uncollectible") && (
        <Row label={t("remaining")} of={sums.remaining} isStrong isAlways />
      )}
    </dl>
  );
}

type RowProps = {
  label: string;
  of: Money;
  isLess?: boolean;
  isStrong?: boolean;
  isAlways?: boolean;
};

function Row({ label, of, isLess, isStrong, isAlways }: RowProps) {
  if (of.minor === 0n && !isAlways) return null;
  const shown = isLess ? { ...of, minor: -of.minor } : of;
  return (
    <div className={`flex justify-between gap-4 ${isStrong ? "font-semibold" : "text-muted"}`}>
      <dt>{label}</dt>
      <dd>
        <Amount of={shown} />
      </dd>
    </div>
  );
}
