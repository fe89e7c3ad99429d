import { parseDecimal, times, wholeDecimal } from "#lib/catalog/rational";
import { invariant } from "#lib/errors";

/** What a coupon takes off an invoice or one of its lines: a percentage, or an amount. */
export type Discount = {
  id: string;
  /** A decimal: "12.5". Null where it is an amount. */
  percent: string | null;
  amountMinor: bigint | null;
  /** Stripe's products it is for; null is all of them. */
  productIds: readonly string[] | null;
};

/** A line as discounts see it. */
export type DiscountableLine = {
  minor: bigint;
  productId: string | null;
  isDiscountable: boolean;
  /** Of the line alone; they come before those of the invoice. */
  discounts: readonly Discount[];
};

/** What each discount took off a line, by the discount's id. */
export type Shares = { id: string; minor: bigint }[];

/**
 * What discounts take off each line: a line's own first, then the invoice's in their order, each of
 * what the one before left. An amount over several lines goes by their size, each share is floored
 * and the last takes the rest, within its line: $5 off $10 and $20 are 166 and 334.
 */
export function takeDiscounts(
  lines: readonly DiscountableLine[],
  ofInvoice: readonly Discount[],
): Shares[] {
  const taken: Shares[] = lines.map(() => []);
  for (const [place, line] of lines.entries()) {
    for (const discount of line.discounts) takeOne(discount, lines, taken, [place]);
  }
  const everywhere = lines.map((_, place) => place);
  for (const discount of ofInvoice) takeOne(discount, lines, taken, everywhere);
  return taken;
}

function takeOne(
  discount: Discount,
  lines: readonly DiscountableLine[],
  taken: Shares[],
  places: readonly number[],
): void {
  const weights = places.map((place) => leftFor(discount, lines[place]!, taken[place]!));
  const base = weights.reduce((sum, weight) => sum + weight, 0n);
  const shares = spread(atMost(base, amountOff(discount, base)), weights);
  for (const [at, place] of places.entries()) {
    if (weights[at]! > 0n) taken[place]!.push({ id: discount.id, minor: shares[at]! });
  }
}

/** What is left of a line that a discount may still take from. */
function leftFor({ productIds }: Discount, line: DiscountableLine, taken: Shares): bigint {
  const isFor = productIds === null || (line.productId && productIds.includes(line.productId));
  if (!line.isDiscountable || !isFor) return 0n;
  const left = taken.reduce((rest, { minor }) => rest - minor, line.minor);
  return left > 0n ? left : 0n;
}

function amountOff({ percent, amountMinor }: Discount, base: bigint): bigint {
  if (percent !== null) return percentOff(base, percent);
  invariant(amountMinor !== null, "a discount is a percentage or an amount");
  return amountMinor;
}

/** A percentage of an amount; a half goes down. */
export function percentOff(minor: bigint, percent: string): bigint {
  const { whole, scale } = times(wholeDecimal(minor), parseDecimal(percent));
  const under = 100n * 10n ** BigInt(scale);
  return ceilingOf(whole * 2n - under, under * 2n);
}

/**
 * Splits an amount by weight: each share is floored and the last takes the rest, as far as its
 * weight goes; what is over goes to those before it, so that no line is taken below nothing.
 */
export function spread(whole: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total === 0n) return weights.map(() => 0n);
  const floored = weights.map((weight) => (whole * weight) / total);
  let over = floored.reduce((rest, share) => rest - share, whole);
  const shares = floored.toReversed().map((share, place) => {
    const room = weights.at(-1 - place)! - share;
    const more = atMost(room, over);
    over -= more;
    return share + more;
  });
  return shares.toReversed();
}

function atMost(limit: bigint, wanted: bigint): bigint {
  if (wanted > limit) return limit;
  return wanted;
}

function ceilingOf(over: bigint, under: bigint): bigint {
  const quotient = over / under;
  return over > 0n && over % under !== 0n ? quotient + 1n : quotient;
}
