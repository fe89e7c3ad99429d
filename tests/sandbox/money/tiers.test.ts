import fc from "fast-check";
import { expect, test } from "vitest";
import { processingFee } from "#sandbox/money/fees";
import { remainingShare, shareBetween, shareOf } from "#sandbox/money/proration";
import { compare, rational, sum } from "#sandbox/money/rational";
import { priceQuantity, type Tariff } from "#sandbox/money/tiers";

const tier = (up_to: number | null, unit: string, flat: string | null = null) => ({
  up_to,
  unit_amount_decimal: unit,
  flat_amount_decimal: flat,
});
const tariff = (tiers: Tariff["tiers"], mode: string): Tariff => ({
  tiers,
  tiers_mode: mode,
  transform_quantity: null,
  unit_amount_decimal: null,
});
const total = (priced: Tariff, quantity: number) =>
  sum(priceQuantity(priced, rational(quantity)).map(({ amount }) => amount));
const tiers = [tier(5, "700"), tier(10, "650"), tier(null, "600")];

test("54: graduated tiers price each unit where it falls", () => {
  expect(compare(total(tariff(tiers, "graduated"), 12), rational(3500 + 3250 + 1200))).toBe(0n);
});

test("54: volume tiers price all units where the last one falls", () => {
  expect(compare(total(tariff(tiers, "volume"), 5), rational(3500))).toBe(0n);
  expect(compare(total(tariff(tiers, "volume"), 12), rational(7200))).toBe(0n);
});

test("54: a flat amount is due once its tier is reached, the first even for nothing", () => {
  const flat = tariff([tier(10, "0", "1000"), tier(null, "5", "2000")], "graduated");
  expect(compare(total(flat, 0), rational(1000))).toBe(0n);
  expect(compare(total(flat, 10), rational(1000))).toBe(0n);
  expect(compare(total(flat, 11), rational(3005))).toBe(0n);
});

test("54: packages round up or down before they are priced", () => {
  const packages = (round: string): Tariff => ({
    tiers: undefined,
    tiers_mode: null,
    transform_quantity: { divide_by: 1000, round },
    unit_amount_decimal: "50",
  });
  expect(compare(total(packages("up"), 1250), rational(100))).toBe(0n);
  expect(compare(total(packages("down"), 1250), rational(50))).toBe(0n);
});

test("a graduated price never falls when more is used", () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.nat(10_000), (left, more) => {
      const priced = tariff(tiers, "graduated");
      expect(compare(total(priced, left), total(priced, left + more)) <= 0n).toBe(true);
    }),
  );
});

test("44: the old is credited and the new debited for what is left of the period", () => {
  const period = { start: 0, end: 100 };
  const parts = (old: bigint, now: bigint, at: number) => {
    const share = remainingShare(period, at);
    return [shareOf(-old, share), shareOf(now, share)];
  };
  expect(parts(1000n, 2000n, 50)).toEqual([-500n, 1000n]);
  expect(parts(1000n, 2000n, 100)).toEqual([0n, 0n]);
  expect(parts(999n, 1n, 50)).toEqual([-500n, 1n]);
  expect(shareOf(900n, shareBetween(period, 20, 50))).toBe(270n);
});

test("changing an amount to itself comes to nothing", () => {
  fc.assert(
    fc.property(fc.nat(10 ** 9), fc.nat(1000), (amount, now) => {
      const share = remainingShare({ start: 0, end: 1000 }, now);
      const [credit, debit] = [shareOf(BigInt(-amount), share), shareOf(BigInt(amount), share)];
      expect(credit + debit).toBe(0n);
    }),
  );
});

test("21: 2.9% and 30 cents, rounded half up", () => {
  expect(processingFee(10_000n)).toBe(320n);
  expect(processingFee(4500n)).toBe(161n);
  expect(processingFee(50n)).toBe(31n);
});
