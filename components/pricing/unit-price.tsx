import { type Currency, currencies } from "#lib/money/currency";

/**
 * The price of one unit, which may be less than the smallest coin: "0.05" minor units of USD read
 * $0.0005. Every digit is kept.
 */
export function formatUnitPrice(minor: string, currency: Currency, locale: string): string {
  const [whole = "0", fraction = ""] = minor.split(".");
  const { decimals } = currencies[currency];
  const digits = whole.padStart(decimals + 1, "0");
  const cut = digits.length - decimals;
  const decimal = `${digits.slice(0, cut)}.${digits.slice(cut)}${fraction}`;
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: currency.toUpperCase(),
    // A whole number of units of money reads without its zeros; anything else keeps the usual two.
    minimumFractionDigits: /\.0*$/.test(decimal) ? 0 : decimals,
    maximumFractionDigits: 20,
  }).format(decimal as Intl.StringNumericLiteral);
}
