import fc from "fast-check";
import { expect, test } from "vitest";
import type { PriceOffer, Tier } from "#lib/catalog/plan";
import { amountOf, bounded, correctionOf, partsOf, priceOf, tiersOf } from "#lib/catalog/price-of";
import {
  compareDecimals,
  formatDecimal,
  parseDecimal,
  plus,
  roundToWhole,
} from "#lib/catalog/rational";
import { graduated, packages, quantity, sold, volume } from "#tests/lib/rater/offers";

const blank = { unitMinor: null, tiers: null, packageSize: null, percent: null };
const offer = (of: Partial<PriceOffer> & Pick<PriceOffer, "model">): PriceOffer => {
  return { currency: "usd", interval: "month", ...blank, ...of };
};
const steps: Tier[] = [
  { upTo: "10", unitMinor: "5", flatMinor: "100" },
  { upTo: "20", unitMinor: "3", flatMinor: "50" },
  { upTo: null, unitMinor: "1", flatMinor: "0" },
];

test.each([
  ["per unit, half a cent up", offer({ model: "per_unit", unitMinor: "0.05" }), "0", 30n, 2n],
  ["per unit beyond what is included", offer({ model: "per_unit", unitMinor: "7" }), "5", 8n, 21n],
  ["all of it included", offer({ model: "per_unit", unitMinor: "7" }), "5", 5n, 0n],
  ["nothing used of a graduated price", offer({ model: "graduated", tiers: steps }), "0", 0n, 100n],
  ["graduated", offer({ model: "graduated", tiers: steps }), "0", 25n, 150n + 80n + 5n],
  ["graduated at the end of a tier", offer({ model: "graduated", tiers: steps }), "0", 20n, 230n],
  [
    "tiers begin after what is included",
    offer({ model: "graduated", tiers: steps }),
    "5",
    8n,
    115n,
  ],
  [
    "no flat amount while all is included",
    offer({ model: "graduated", tiers: steps }),
    "5",
    5n,
    0n,
  ],
  ["volume", offer({ model: "volume", tiers: steps }), "0", 20n, 60n + 50n],
  ["volume one further", offer({ model: "volume", tiers: steps }), "0", 21n, 21n],
  [
    "a begun package",
    offer({ model: "package", unitMinor: "50", packageSize: "10" }),
    "0",
    11n,
    100n,
  ],
  ["no package", offer({ model: "package", unitMinor: "50", packageSize: "10" }), "0", 0n, 0n],
  ["a percentage of money", offer({ model: "percentage", percent: "2.9" }), "0", 10_050n, 291n],
  [
    "a percentage beyond what is free",
    offer({ model: "percentage", percent: "2.9" }),
    "50",
    10_050n,
    290n,
  ],
] as const)("%s", (_what, price, included, units, minor) => {
  expect(amountOf(price, included, units)).toBe(minor);
});

test("a part of a unit is priced as a part", () => {
  expect(amountOf(offer({ model: "per_unit", unitMinor: "3" }), "0", "1.5")).toBe(5n);
  expect(amountOf(offer({ model: "package", unitMinor: "3", packageSize: "1" }), "0", "1.01")).toBe(
    6n,
  );
});

test("a quantity below zero, and units included in a price that cannot, are bugs", () => {
  expect(() => amountOf(offer({ model: "per_unit", unitMinor: "3" }), "0", -1n)).toThrow(
    "negative",
  );
  expect(() => amountOf(offer({ model: "volume", tiers: steps }), "1", 1n)).toThrow("includes");
});

const tierless = (parts: Tier[]) => parts.every(({ unitMinor }) => unitMinor === "0");

/** Wholes, and parts of one as fine as usage is counted. */
const measured = fc
  .tuple(quantity, fc.constantFrom("", ".5", ".25", ".333", ".999999999999", ".000000000001"))
  .map(([whole, part]) => `${whole}${part}`);

test("a graduated price never falls when more is used, and leaves no gap at a tier's end", () => {
  fc.assert(
    fc.property(graduated, measured, measured, (price, one, other) => {
      const [less, more] = [one, other].toSorted((left, right) =>
        compareDecimals(parseDecimal(left), parseDecimal(right)),
      );
      expect(amountOf(price, "0", more!)).toBeGreaterThanOrEqual(amountOf(price, "0", less!));
      const parts = partsOf(price, "0", more!).flatMap((part) => part.quantity ?? []);
      const counted = parts.map(parseDecimal).reduce(plus, parseDecimal("0"));
      expect(compareDecimals(counted, parseDecimal(more!))).toBe(0);
    }),
  );
});

test("what is one past a tier's end costs what all up to it does, and one of the next", () => {
  fc.assert(
    fc.property(graduated, (price) => {
      for (const [place, { upTo }] of price.tiers!.entries()) {
        if (upTo === null) continue;
        const next = price.tiers![place + 1]!;
        const added = [next.unitMinor, next.flatMinor].map((of) => roundToWhole(parseDecimal(of)));
        const past = amountOf(price, "0", BigInt(upTo) + 1n) - amountOf(price, "0", upTo);
        expect(past).toBe(added[0]! + added[1]!);
      }
    }),
  );
});

test("a volume price is all units at the price of the tier that the last one falls into", () => {
  fc.assert(
    fc.property(volume, quantity, (price, units) => {
      const tier = price.tiers!.find(({ upTo }) => upTo === null || units <= BigInt(upTo))!;
      const { whole, scale } = parseDecimal(tier.unitMinor);
      const used = roundToWhole({ whole: whole * units, scale });
      expect(amountOf(price, "0", units)).toBe(used + roundToWhole(parseDecimal(tier.flatMinor)));
    }),
  );
});

test("packages: as many as hold it, and not one more", () => {
  fc.assert(
    fc.property(packages, quantity, (price, units) => {
      const [part] = partsOf(price, "0", units);
      const [count, size] = [BigInt(part!.quantity!), BigInt(price.packageSize!)];
      expect(count * size).toBeGreaterThanOrEqual(units);
      expect((count - 1n) * size).toBeLessThan(units === 0n ? 1n : units);
    }),
  );
});

test("what is included costs nothing, and what is beyond it costs what it would alone", () => {
  fc.assert(
    fc.property(graduated, fc.bigInt({ min: 1n, max: 90n }), quantity, (price, free, units) => {
      expect(amountOf(price, String(free), free)).toBe(0n);
      if (units === 0n) return;
      expect(amountOf(price, String(free), free + units)).toBe(amountOf(price, "0", units));
    }),
  );
});

test("an amount stays within its minimum and its cap, and a correction brings it there", () => {
  const bound = fc.option(fc.bigInt({ min: 0n, max: 5_000n }), { nil: null });
  fc.assert(
    fc.property(sold, quantity, bound, bound, ({ offer: price, included }, units, least, room) => {
      const most = room === null ? null : room + (least ?? 0n);
      const bounds = {
        minimumMinor: least?.toString() ?? null,
        capMinor: most?.toString() ?? null,
      };
      const minor = amountOf(price, included, units);
      const within = bounded(minor, bounds);
      expect(within).toBe(minor + correctionOf(minor, bounds));
      if (least !== null) expect(within).toBeGreaterThanOrEqual(least);
      if (most !== null) expect(within).toBeLessThanOrEqual(most);
      if (minor >= (least ?? 0n) && (most === null || minor <= most)) expect(within).toBe(minor);
    }),
  );
});

test("a plan's line says what its minimum added", () => {
  const component = {
    ...{ key: "calls", name: "Calls", unit: null, meterKey: "calls", included: "10" },
    kind: "usage" as const,
    prices: [
      { ...offer({ model: "per_unit", unitMinor: "2" }), minimumMinor: "500", capMinor: "900" },
    ],
  };
  const plan = { components: [component] };
  const of = (calls: bigint) => {
    const choice = { interval: "month", currency: "usd", seats: 1, usage: { calls } } as const;
    const [line] = priceOf(plan, choice).lines;
    return [line?.amount.minor, line?.correction.minor];
  };
  expect([of(0n), of(310n), of(461n)]).toEqual([
    [500n, 500n],
    [600n, 0n],
    [900n, -2n],
  ]);
});

test("the tiers at Stripe end where they should, each after the one before", () => {
  fc.assert(
    fc.property(sold, ({ offer: price, included }) => {
      const at = tiersOf(price, included);
      if (!at) return;
      expect(at.at(-1)?.upTo).toBeNull();
      const ends = at.slice(0, -1).map(({ upTo }) => parseDecimal(upTo!));
      for (const [place, end] of ends.entries()) {
        const before = ends[place - 1];
        if (before) expect(compareDecimals(before, end)).toBeLessThan(0);
      }
      if (included !== "0") expect(tierless(at.slice(0, 1))).toBe(true);
    }),
  );
});

test("a decimal is written as it is read", () => {
  const whole = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
  fc.assert(
    fc.property(whole, fc.nat(12), (digits, scale) => {
      const text = formatDecimal({ whole: digits, scale });
      expect(compareDecimals(parseDecimal(text), { whole: digits, scale })).toBe(0);
    }),
  );
});
