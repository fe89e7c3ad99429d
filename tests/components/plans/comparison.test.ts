import fc from "fast-check";
import { expect, test } from "vitest";
import { type Compared, changePerMille, extremes, sumUp } from "#components/plans/comparison";

function row(before: bigint, after: bigint, currency: Compared["currency"] = "usd"): Compared {
  return { tenantId: `ten_${before}_${after}`, tenantName: "One", currency, before, after };
}

test("amounts of two currencies are two sums", () => {
  const sums = sumUp([row(100n, 150n), row(100n, 90n), row(10n, 10n, "eur")]);
  expect(sums).toEqual([
    { currency: "usd", before: 200n, after: 240n, more: 1, less: 1, same: 0 },
    { currency: "eur", before: 10n, after: 10n, more: 0, less: 0, same: 1 },
  ]);
});

test("whatever the rows, everybody is counted once and the sums are theirs", () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 12n });
  const rows = fc.array(fc.tuple(amount, amount), { maxLength: 30 });
  fc.assert(
    fc.property(rows, (pairs) => {
      const [sum] = sumUp(pairs.map(([before, after]) => row(before, after)));
      if (!sum) return pairs.length === 0;
      const after = pairs.reduce((total, [, one]) => total + one, 0n);
      return sum.after === after && sum.more + sum.less + sum.same === pairs.length;
    }),
    { numRuns: 100 },
  );
});

test("who wins most comes first, who loses most comes first, and who stays is neither", () => {
  const rows = [row(100n, 90n), row(100n, 100n), row(100n, 50n), row(100n, 300n), row(1n, 2n)];
  const { winners, losers } = extremes(rows, 2);
  expect(winners.map(({ after }) => after)).toEqual([50n, 90n]);
  expect(losers.map(({ after }) => after)).toEqual([300n, 2n]);
});

test.each([
  [100n, 150n, 500],
  [3n, 4n, 333],
  [3n, 2n, -333],
  [2000n, 2001n, 1],
  [2000n, 1999n, -1],
  [0n, 5n, null],
])("from %s to %s is %s per mille", (before, after, perMille) => {
  expect(changePerMille({ before, after })).toBe(perMille);
});
