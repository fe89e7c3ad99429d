import type { Currency } from "#lib/money/currency";

/** What one subscriber paid or pays, and what it would be instead. Minor units. */
export type Compared = {
  tenantId: string;
  tenantName: string;
  currency: Currency;
  before: bigint;
  after: bigint;
};

export type Sum = {
  currency: Currency;
  before: bigint;
  after: bigint;
  /** How many pay more, less, and the same. */
  more: number;
  less: number;
  same: number;
};

/** One sum for each currency: amounts of two currencies are never added. */
export function sumUp(rows: readonly Compared[]): Sum[] {
  const sums = new Map<Currency, Sum>();
  for (const { currency, before, after } of rows) {
    const none = { currency, before: 0n, after: 0n, more: 0, less: 0, same: 0 };
    const sum = sums.get(currency) ?? none;
    sums.set(currency, {
      ...{ currency, before: sum.before + before, after: sum.after + after },
      more: sum.more + (after > before ? 1 : 0),
      less: sum.less + (after < before ? 1 : 0),
      same: sum.same + (after === before ? 1 : 0),
    });
  }
  return [...sums.values()];
}

/** Those with the furthest fall and rise of what they pay, the furthest first. */
export function extremes<Row extends Compared>(
  rows: readonly Row[],
  most: number,
): { winners: Row[]; losers: Row[] } {
  const change = ({ before, after }: Compared) => after - before;
  const rising = [...rows].sort((left, right) => (change(left) < change(right) ? -1 : 1));
  return {
    winners: rising.filter((row) => change(row) < 0n).slice(0, most),
    losers: rising
      .filter((row) => change(row) > 0n)
      .reverse()
      .slice(0, most),
  };
}

/** The change in tenths of a percent, away from zero at a half; null where nothing was paid. */
export function changePerMille({ before, after }: Pick<Compared, "before" | "after">) {
  if (before === 0n) return null;
  const doubled = (after - before) * 2000n;
  const rounded = (doubled + (doubled < 0n ? -before : before)) / (before * 2n);
  return Number(rounded);
}
