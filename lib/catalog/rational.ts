import { invariant } from "#lib/errors";

/** An exact number: a whole over ten to the power of `scale`. */
export type Decimal = { readonly whole: bigint; readonly scale: number };

/** Reads plain decimal notation, such as "0.05". Anything else is our bug, never a guess. */
export function parseDecimal(text: string): Decimal {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  invariant(match, `not a decimal: ${text}`);
  const [, sign, whole = "0", fraction = ""] = match;
  const digits = BigInt(whole + fraction);
  return { whole: sign ? -digits : digits, scale: fraction.length };
}

/** A whole number as a decimal. */
export function wholeDecimal(whole: bigint): Decimal {
  return { whole, scale: 0 };
}

/** Plain decimal notation without needless zeros: what `parseDecimal` reads. */
export function formatDecimal({ whole, scale }: Decimal): string {
  const sign = whole < 0n ? "-" : "";
  const digits = String(whole < 0n ? -whole : whole).padStart(scale + 1, "0");
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, "");
  const before = digits.slice(0, digits.length - scale);
  return `${sign}${before}${scale > 0 && fraction ? `.${fraction}` : ""}`;
}

export function times(left: Decimal, right: Decimal): Decimal {
  return { whole: left.whole * right.whole, scale: left.scale + right.scale };
}

export function plus(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  return { whole: atScale(left, scale) + atScale(right, scale), scale };
}

export function minus(left: Decimal, right: Decimal): Decimal {
  return plus(left, { whole: -right.whole, scale: right.scale });
}

/** Negative where left is smaller, positive where it is larger, zero where they are the same. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  const { whole } = minus(left, right);
  return whole < 0n ? -1 : Number(whole > 0n);
}

/** The smaller of the two. */
export function smaller(left: Decimal, right: Decimal): Decimal {
  return compareDecimals(left, right) <= 0 ? left : right;
}

/** How many whole `parts` it takes to hold `all`: a begun one counts. */
export function countBegun(all: Decimal, parts: Decimal): bigint {
  invariant(parts.whole > 0n, "a part has a size");
  const scale = Math.max(all.scale, parts.scale);
  const [over, under] = [atScale(all, scale), atScale(parts, scale)];
  return over <= 0n ? 0n : (over + under - 1n) / under;
}

/**
 * The nearest whole; a half goes away from zero, so that what is charged and what is credited round
 * alike. Stripe rounds each line so: https://docs.stripe.com/billing/subscriptions/decimal-amounts
 */
export function roundToWhole({ whole, scale }: Decimal): bigint {
  return roundQuotient(whole, 10n ** BigInt(scale));
}

/** The nearest whole to a fraction; a half goes away from zero. */
export function roundQuotient(over: bigint, under: bigint): bigint {
  invariant(under > 0n, "a fraction has a size");
  const size = over < 0n ? -over : over;
  const rounded = (size * 2n + under) / (under * 2n);
  return over < 0n ? -rounded : rounded;
}

function atScale({ whole, scale }: Decimal, target: number): bigint {
  return whole * 10n ** BigInt(target - scale);
}
