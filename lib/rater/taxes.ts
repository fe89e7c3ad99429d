import { parseDecimal, roundQuotient } from "#lib/catalog/rational";

/** A rate as an invoice names it. */
export type TaxRate = {
  id: string;
  /** A decimal: "19". */
  percent: string;
  /** True where the line's amount has the tax in it. */
  isInclusive: boolean;
};

/** The tax on what is left of a line, on top of it or the part of it that is tax; halves go up. */
export function taxOn(minor: bigint, { percent, isInclusive }: Omit<TaxRate, "id">): bigint {
  const { whole, scale } = parseDecimal(percent);
  const hundred = 100n * 10n ** BigInt(scale);
  return roundQuotient(minor * whole, isInclusive ? hundred + whole : hundred);
}
