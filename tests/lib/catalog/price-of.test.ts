import fc from "fast-check";
import { expect, test } from "vitest";
import type { PlanComponent, Tier } from "#lib/catalog/plan";
import { priceOf } from "#lib/catalog/price-of";
import { parseDecimal, roundToWhole } from "#lib/catalog/rational";
import { startingPlans } from "#lib/catalog/starting-plans";

const unbounded = { packageSize: null, percent: null, minimumMinor: null, capMinor: null };

function planOf(key: string): { components: PlanComponent[] } {
  const plan = startingPlans.find((one) => one.key === key)!;
  return {
    components: plan.components.map(({ prices, unit = null, meter, ...component }) => ({
      ...component,
      ...{ unit, meterKey: meter?.key ?? null, included: "0" },
      prices: prices.map(({ unitMinor = null, tiers = null, ...price }) => {
        const model = tiers ? ("graduated" as const) : ("per_unit" as const);
        return { ...unbounded, ...price, model, unitMinor, tiers };
      }),
    })),
  };
}

function totalOf(key: string, seats: number, usage?: bigint): bigint {
  const choice = { interval: "month", currency: "usd", seats } as const;
  const used = usage === undefined ? {} : { usage: { api_calls: usage } };
  return priceOf(planOf(key), { ...choice, ...used }).total.minor;
}

test("a flat plan costs the same for any number of seats", () => {
  expect(totalOf("starter", 1)).toBe(2900n);
  expect(totalOf("starter", 500)).toBe(2900n);
});

test("a plan by seat costs its base and each seat", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), (seats) => {
      expect(totalOf("pro", seats)).toBe(4900n + 1200n * BigInt(seats));
    }),
  );
});

test("usage is free while included, then cheaper tier by tier", () => {
  expect(totalOf("scale", 1, 100_000n)).toBe(19_900n);
  expect(totalOf("scale", 1, 100_020n)).toBe(19_901n);
  // 900,000 at 0.05 and 500,000 at 0.03 minor units.
  expect(totalOf("scale", 1, 1_500_000n)).toBe(19_900n + 45_000n + 15_000n);
});

const decimal = fc
  .tuple(fc.bigInt({ min: 0n, max: 10_000n }), fc.integer({ min: 0, max: 999 }))
  .map(([whole, part]) => `${whole}.${String(part).padStart(3, "0")}`);
const tiers: fc.Arbitrary<Tier[]> = fc
  .tuple(fc.uniqueArray(fc.bigInt({ min: 1n, max: 100_000n }), { maxLength: 5 }), decimal)
  .chain(([ends, last]) => {
    const sorted = ends.sort((left, right) => (left < right ? -1 : 1));
    return fc.array(decimal, { minLength: ends.length, maxLength: ends.length }).map((units) => [
      ...sorted.map((end, place) => {
        return { upTo: String(end), unitMinor: units[place]!, flatMinor: "0" };
      }),
      { upTo: null, unitMinor: last, flatMinor: "0" },
    ]);
  });

function usageCost(steps: Tier[], quantity: bigint): bigint {
  const prices = [
    {
      ...{ currency: "usd", interval: "month", model: "graduated" },
      ...{ unitMinor: null, tiers: steps, ...unbounded },
    },
  ] as const satisfies PlanComponent["prices"];
  const component = { kind: "usage", key: "calls", name: "Calls", unit: "call" } as const;
  const counted = { meterKey: "calls", included: "0" };
  const plan = { components: [{ ...component, ...counted, prices: [...prices] }] };
  const choice = {
    interval: "month",
    currency: "usd",
    seats: 1,
    usage: { calls: quantity },
  } as const;
  return priceOf(plan, choice).total.minor;
}

test("using more never costs less, and tiers leave no gap", () => {
  fc.assert(
    fc.property(tiers, fc.bigInt({ min: 0n, max: 200_000n }), (steps, quantity) => {
      const cost = usageCost(steps, quantity);
      const more = usageCost(steps, quantity + 1n);
      expect(more).toBeGreaterThanOrEqual(cost);
      // One more unit costs at most the dearest unit, and what rounding moves between two lines.
      const dearest = Math.max(...steps.map(({ unitMinor }) => Number(unitMinor)));
      expect(Number(more - cost)).toBeLessThanOrEqual(Math.ceil(dearest) + 1);
    }),
  );
});

test("a graduated price equals the sum of its units priced one by one, rounded per tier", () => {
  fc.assert(
    fc.property(tiers, fc.bigInt({ min: 0n, max: 500n }), (steps, quantity) => {
      const perTier = new Map<number, bigint>();
      for (let unit = 1n; unit <= quantity; unit += 1n) {
        const place = steps.findIndex(({ upTo }) => upTo === null || unit <= BigInt(upTo));
        // Three decimals: thousandths of a minor unit are whole.
        const thousandths = parseDecimal(steps[place]!.unitMinor).whole;
        perTier.set(place, (perTier.get(place) ?? 0n) + thousandths);
      }
      const expected = [...perTier.values()].reduce(
        (sum, whole) => sum + roundToWhole({ whole, scale: 3 }),
        0n,
      );
      expect(usageCost(steps, quantity)).toBe(expected);
    }),
  );
});

test("a half goes away from zero, so a credit rounds as its charge did", () => {
  const round = (text: string) => roundToWhole(parseDecimal(text));
  expect([round("0.5"), round("1.5"), round("2.4999"), round("-0.5"), round("-1.51")]).toEqual([
    ...[1n, 2n, 2n],
    ...[-1n, -2n],
  ]);
});

test("a currency or interval without a price is refused, never guessed", () => {
  const choice = { interval: "month", currency: "jpy", seats: 1 } as const;
  expect(() => priceOf(planOf("pro"), choice)).toThrow(/no price in JPY per month/);
});
