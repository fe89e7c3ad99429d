import { type Currency, currencies } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";

/**
 * An amount as a person types it ("1,250.50", "12"), exact; null where it is none, or is finer than
 * the currency's minor unit. A comma parts thousands and nothing else.
 */
export function parseMoney(text: string, currency: Currency): Money | null {
  const { decimals } = currencies[currency];
  const found = /^(\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.(\d*))?$/.exec(text.trim());
  const [, whole = "", fraction = ""] = found ?? [];
  if (!found || fraction.length > decimals) return null;
  return money(BigInt(whole.replaceAll(",", "") + fraction.padEnd(decimals, "0")), currency);
}
