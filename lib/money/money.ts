import { invariant } from "#lib/errors";
import type { Currency } from "#lib/money/currency";

/** An exact amount in minor units of its currency. It does not round, convert or guess. */
export type Money = { readonly minor: bigint; readonly currency: Currency };

export function money(minor: bigint, currency: Currency): Money {
  return { minor, currency };
}

/** The sum of two amounts of one currency. Mixing currencies is our bug, so it throws. */
export function add(left: Money, right: Money): Money {
  invariant(left.currency === right.currency, `cannot add ${left.currency} and ${right.currency}`);
  return { minor: left.minor + right.minor, currency: left.currency };
}

export function subtract(left: Money, right: Money): Money {
  return add(left, { minor: -right.minor, currency: right.currency });
}

export function multiply(amount: Money, times: bigint): Money {
  return { minor: amount.minor * times, currency: amount.currency };
}

/** Splits money by weight. The running total is rounded, so the parts sum to the whole. */
export function allocate(whole: Money, weights: readonly bigint[]): Money[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  invariant(total > 0n, "weights must sum above zero");
  invariant(
    weights.every((weight) => weight >= 0n),
    "a weight cannot be negative",
  );

  let reached = 0n;
  let allotted = 0n;
  return weights.map((weight) => {
    reached += weight;
    const target = (whole.minor * reached) / total;
    const part = { minor: target - allotted, currency: whole.currency };
    allotted = target;
    return part;
  });
}
