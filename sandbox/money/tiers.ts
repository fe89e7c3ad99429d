import {
  add,
  ceiling,
  compare,
  floor,
  multiply,
  parseDecimal,
  type Rational,
  rational,
  zero,
} from "#sandbox/money/rational";

/** What one part of a quantity costs. Each becomes a line, rounded by itself. */
export interface Part {
  quantity: Rational;
  unitAmount: string | null;
  amount: Rational;
  /** Which tier it fell in, from 1; none for a price without tiers. */
  tier: number | null;
}

interface Tier {
  flat_amount_decimal: string | null;
  unit_amount_decimal: string | null;
  up_to: number | null;
}

/** The part of a price that decides amounts. */
export interface Tariff {
  tiers?: readonly Tier[] | undefined;
  tiers_mode: string | null;
  transform_quantity: { divide_by: number; round: string } | null;
  unit_amount_decimal: string | null;
}

/** Prices a quantity exactly: per unit, graduated or volume. */
export function priceQuantity(tariff: Tariff, quantity: Rational): Part[] {
  const units = transformed(quantity, tariff.transform_quantity);
  if (tariff.tiers === undefined) {
    const amount = multiply(parseDecimal(tariff.unit_amount_decimal ?? "0"), units);
    return [{ quantity: units, unitAmount: tariff.unit_amount_decimal, amount, tier: null }];
  }
  return tariff.tiers_mode === "volume"
    ? volume(tariff.tiers, units)
    : graduated(tariff.tiers, units);
}

// Packages: 1,250 messages at 1,000 a package are two packages when rounding up.
function transformed(quantity: Rational, transform: Tariff["transform_quantity"]): Rational {
  if (transform === null) return quantity;
  const packages = multiply(quantity, rational(1, transform.divide_by));
  return rational(transform.round === "up" ? ceiling(packages) : floor(packages));
}

// The whole quantity at the rate of the tier it ends in.
function volume(tiers: readonly Tier[], quantity: Rational): Part[] {
  const place = tiers.findIndex(
    ({ up_to }) => up_to === null || compare(quantity, rational(up_to)) <= 0n,
  );
  const tier = tiers[place];
  return tier === undefined ? [] : partsOf(tier, quantity, place + 1);
}

// Each unit at the rate of the tier it falls in.
function graduated(tiers: readonly Tier[], quantity: Rational): Part[] {
  let reached = zero;
  return tiers.flatMap((tier, place) => {
    const end = tier.up_to === null ? quantity : smaller(quantity, rational(tier.up_to));
    const inTier = add(end, { over: -reached.over, under: reached.under });
    // The first tier's flat amount is due even when nothing was used.
    if (compare(inTier, zero) <= 0n && !(place === 0 && quantity.over === 0n)) return [];
    reached = end;
    return partsOf(tier, inTier, place + 1);
  });
}

function partsOf(tier: Tier, quantity: Rational, place: number): Part[] {
  const unit = tier.unit_amount_decimal ?? "0";
  const amount = multiply(parseDecimal(unit), quantity);
  const used = { quantity, unitAmount: unit, amount, tier: place };
  if (tier.flat_amount_decimal === null) return [used];
  const flat = {
    quantity: rational(0),
    unitAmount: null,
    amount: parseDecimal(tier.flat_amount_decimal),
    tier: place,
  };
  return [used, flat];
}

function smaller(left: Rational, right: Rational): Rational {
  return compare(left, right) <= 0n ? left : right;
}
