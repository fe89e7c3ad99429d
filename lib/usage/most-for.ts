import type { ComponentPrice } from "#lib/catalog/plan";
import { amountOf, tiersOf } from "#lib/catalog/price-of";
import { formatDecimal, parseDecimal } from "#lib/catalog/rational";

/** The finest usage there is: 12 decimals. */
const scale = 12;
const one = 10n ** BigInt(scale);
const mostUsage = 10n ** 27n;

/**
 * The most that can be used before it costs more than `minor`, or null where it never does. With
 * volume prices a larger amount may cost less again; what counts is where it first costs more.
 */
export function mostFor(price: ComponentPrice, included: string, minor: bigint): string | null {
  if (price.capMinor !== null && BigInt(price.capMinor) <= minor) return null;
  const costs = (quantity: bigint) => amountOf(price, included, textOf(quantity));
  let below = 0n;
  for (const end of endsOf(price, included)) {
    if (costs(end) > minor || costs(below + 1n) > minor) {
      return textOf(lastWithin(below, end, (quantity) => costs(quantity) <= minor));
    }
    below = end;
  }
  return null;
}

/** Where each tier ends: between two of these, more never costs less. */
function endsOf(price: ComponentPrice, included: string): bigint[] {
  const tiers = tiersOf(price, included) ?? [];
  const ends = tiers.flatMap(({ upTo }) => (upTo === null ? [] : [unitsOf(upTo)]));
  return [...ends, mostUsage];
}

/** The largest quantity from `low` on of which `holds` is true; `low` itself is taken to be. */
function lastWithin(low: bigint, high: bigint, holds: (quantity: bigint) => boolean): bigint {
  let [good, bad] = [low, high];
  while (bad - good > 1n) {
    const middle = (good + bad) / 2n;
    if (holds(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

function unitsOf(text: string): bigint {
  const { whole, scale: at } = parseDecimal(text);
  return whole * 10n ** BigInt(scale - at);
}

function textOf(quantity: bigint): string {
  return quantity % one === 0n ? String(quantity / one) : formatDecimal({ whole: quantity, scale });
}
