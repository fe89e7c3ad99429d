import { isCurrency } from "#lib/money/currency";
import { formatMoney, toDecimal } from "#lib/money/format-money";

/** An amount as Stripe holds it: in minor units of a currency that we may never price in. */
export type Sum = { readonly minor: bigint; readonly currency: string };

/** As a person reads it; in a currency we do not know the minor unit of, in minor units. */
export function formatSum({ minor, currency }: Sum, locale?: string): string {
  if (!isCurrency(currency)) return `${minor} ${currency.toUpperCase()} (minor units)`;
  return formatMoney({ minor, currency }, locale);
}

/** What there is of a currency, of sums of several. */
export function ofCurrency(sums: readonly Sum[], currency: string): bigint {
  return sums.reduce((sum, one) => sum + (one.currency === currency ? one.minor : 0n), 0n);
}

/** As a plain decimal for spreadsheets; minor units where we know no decimals of the currency. */
export function decimalOf({ minor, currency }: Sum): string {
  return isCurrency(currency) ? toDecimal({ minor, currency }) : `${minor}`;
}
