import { useLocale } from "next-intl";
import { type Currency, isCurrency } from "#lib/money/currency";
import { formatMoney } from "#lib/money/format-money";

type Amountish = { readonly minor: bigint | string; readonly currency: Currency | string };

/** An amount of money with its currency, exact, in the reader's locale, in figures that align. */
export function Amount({ of, className = "" }: { of: Amountish; className?: string }) {
  const locale = useLocale();
  return (
    <span className={`whitespace-nowrap tabular-nums ${className}`}>
      {formatAmount(of, locale)}
    </span>
  );
}

/** The same as plain text, for titles, labels and sentences. */
export function formatAmount({ minor, currency }: Amountish, locale: string): string {
  const known = currency.toLowerCase();
  // A currency we do not price in can still arrive on an invoice from Stripe.
  if (!isCurrency(known)) return `${minor} ${currency.toUpperCase()}`;
  return formatMoney({ minor: BigInt(minor), currency: known }, locale).replace("-", "−");
}
