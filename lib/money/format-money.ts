import { currencies } from "#lib/money/currency";
import type { Money } from "#lib/money/money";

/** The amount as a person reads it in their locale, always with its currency. Exact at any size. */
export function formatMoney(amount: Money, locale = "en-US"): string {
  const formatter = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: amount.currency.toUpperCase(),
  });
  // A decimal string keeps every digit; a number would lose them above 2^53.
  return formatter.format(toDecimal(amount) as Intl.StringNumericLiteral);
}

/** The amount as a plain decimal: 1234 minor units of USD are "12.34". */
export function toDecimal(amount: Money): `${number}` {
  const { decimals } = currencies[amount.currency];
  const sign = amount.minor < 0n ? "-" : "";
  const digits = (amount.minor < 0n ? -amount.minor : amount.minor)
    .toString()
    .padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals);
  return `${sign}${whole}${decimals ? `.${fraction}` : ""}` as `${number}`;
}
