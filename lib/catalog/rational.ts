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

export function times(left: Decimal, factor: bigint): Decimal {
  return { whole: left.whole * factor, scale: left.scale };
}

export function plus(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  return { whole: atScale(left, scale) + atScale(right, scale), scale };
}

/** The nearest whole; a half rounds up, as Stripe rounds the amount of a line. */
export function roundToWhole({ whole, scale }: Decimal): bigint {
  const one = 10n ** BigInt(scale);
  const doubled = whole * 2n + one;
  const divisor = one * 2n;
  const quotient = doubled / divisor;
  // BigInt division cuts toward zero; below zero that is one too high.
  return doubled < 0n && doubled % divisor !== 0n ? quotient - 1n : quotient;
}

function atScale({ whole, scale }: Decimal, target: number): bigint {
  return whole * 10n ** BigInt(target - scale);
}
