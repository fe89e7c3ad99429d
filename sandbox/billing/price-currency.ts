import { invalidRequest } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";

type Price = ObjectOf<"price">;

/** Which currency is wanted: the one that is asked for, or else the one that is usual. */
export interface WantedCurrency {
  asked?: string | undefined;
  usual?: string | null | undefined;
}

/** Whether a price asks anything in a currency. */
export function isPricedIn(price: Price, currency: string): boolean {
  return price.currency === currency || Object.hasOwn(price.currency_options ?? {}, currency);
}

/** A price as it is in another of its currencies. */
export function priceIn(price: Price, currency: string): Price {
  const option = price.currency_options?.[currency];
  if (price.currency === currency || option === undefined) return price;
  const { tax_behavior, tiers, unit_amount, unit_amount_decimal } = option;
  return {
    ...price,
    currency,
    tax_behavior: tax_behavior ?? price.tax_behavior,
    ...(tiers === undefined ? {} : { tiers: tiers as NonNullable<Price["tiers"]> }),
    unit_amount,
    unit_amount_decimal,
  };
}

/** The one currency that all prices are billed in: what is asked for, the usual one if every price
 *  has it, or their own. */
export function sharedCurrency(
  prices: readonly Price[],
  { asked, usual }: WantedCurrency,
  paramOf: (place: number) => string,
): string {
  const [first] = prices;
  const own = first?.currency ?? asked ?? "usd";
  const isUsual = usual && prices.every((price) => isPricedIn(price, usual));
  const currency = asked ?? (isUsual ? usual : own);
  const wrong = prices.findIndex((price) => !isPricedIn(price, currency));
  if (wrong === -1) return currency;
  if (asked === undefined) {
    throw invalidRequest("All prices on a subscription must have the same currency.");
  }
  const message =
    `The price specified only supports \`${prices[wrong]?.currency}\`. This doesn't match the ` +
    `expected currency: \`${asked}\`.`;
  throw invalidRequest(message, undefined, paramOf(wrong));
}
