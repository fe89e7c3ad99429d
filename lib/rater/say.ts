import type { Currency } from "#lib/money/currency";
import { currencies } from "#lib/money/currency";
import { formatMoney } from "#lib/money/format-money";
import { money } from "#lib/money/money";
import type { Period } from "#lib/rater/calendar";

/** An amount as the console writes it. */
export function sayMinor(minor: bigint, currency: Currency): string {
  return formatMoney(money(minor, currency));
}

/** A price of one unit, which may be finer than the currency's minor unit. */
export function sayUnit(unitMinor: string, currency: Currency): string {
  const { decimals } = currencies[currency];
  const [whole = "0", fraction = ""] = unitMinor.split(".");
  const digits = whole.padStart(decimals + 1, "0");
  const cut = digits.length - decimals;
  const places = `${digits.slice(cut)}${fraction}`;
  const formatter = new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: currency.toUpperCase(),
    minimumFractionDigits: decimals,
    maximumFractionDigits: 20,
  });
  const decimal = `${digits.slice(0, cut)}${places ? `.${places}` : ""}`;
  return formatter.format(decimal as Intl.StringNumericLiteral);
}

/** A quantity with its thousands apart. */
export function sayQuantity(quantity: string): string {
  const formatter = new Intl.NumberFormat("en-US", { maximumFractionDigits: 20 });
  return formatter.format(quantity as Intl.StringNumericLiteral);
}

/** A period to the second, in UTC. */
export function sayPeriod({ from, to }: Period): string {
  return `${sayInstant(from)} to ${sayInstant(to)}`;
}

function sayInstant(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
