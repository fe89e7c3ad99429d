import { amountOf, bounded, correctionOf, partsOf, type RatedPart } from "#lib/catalog/price-of";
import { type Money, money } from "#lib/money/money";
import type { UsageTerms } from "#lib/usage/terms";

/** What a quantity costs by its terms, part by part. Exact, and the same as will be on the bill. */
export type UsageCost = {
  readonly total: Money;
  readonly parts: readonly RatedPart[];
  /** What the minimum adds or the cap takes away. */
  readonly correction: Money;
};

export function costOf({ price, included }: UsageTerms, quantity: string): UsageCost {
  const minor = amountOf(price, included, quantity);
  return {
    total: money(bounded(minor, price), price.currency),
    parts: partsOf(price, included, quantity),
    correction: money(correctionOf(minor, price), price.currency),
  };
}
