import { expect, test } from "vitest";
import { type Compared, furthestFirst, sayChange } from "#components/plans/comparison";

function row(before: bigint, after: bigint, currency: Compared["currency"] = "usd"): Compared {
  return { before, after, currency };
}

test("who wins or loses most comes first, each currency by itself", () => {
  const rows = [row(100n, 90n), row(100n, 50n), row(1n, 900n, "jpy"), row(100n, 300n)];
  expect(furthestFirst(rows, "all").map(({ after }) => after)).toEqual([900n, 300n, 50n, 90n]);
});

test("who pays more, who pays less, and who pays the same is neither", () => {
  const rows = [row(100n, 100n), row(100n, 300n), row(1n, 2n), row(100n, 50n)];
  expect(furthestFirst(rows, "more").map(({ after }) => after)).toEqual([300n, 2n]);
  expect(furthestFirst(rows, "less").map(({ after }) => after)).toEqual([50n]);
  expect(furthestFirst(rows, "all")).toHaveLength(4);
});

test.each([
  [100n, 150n, "+50.0 %"],
  [3n, 4n, "+33.3 %"],
  [3n, 2n, "−33.3 %"],
  [2000n, 2001n, "+0.1 %"],
  [2000n, 1999n, "−0.1 %"],
  [9007199254740993n, 18014398509481986n, "+100.0 %"],
  [0n, 5n, ""],
  [7n, 7n, ""],
])("from %s to %s is said as %j", (before, after, said) => {
  expect(sayChange({ before, after })).toBe(said);
});
