import fc from "fast-check";
import type { PriceOffer, Tier } from "#lib/catalog/plan";

/** Prices and quantities of every kind, for properties. */

const blank = { unitMinor: null, tiers: null, packageSize: null, percent: null };
const cycle = { currency: "usd", interval: "month" } as const;

/** Decimals of up to three places: a half of a cent comes up often. */
export const decimal = fc
  .tuple(fc.integer({ min: 0, max: 400 }), fc.constantFrom("", ".5", ".25", ".05", ".125", ".333"))
  .map(([whole, part]) => `${whole}${part}`);

export const tiers: fc.Arbitrary<Tier[]> = fc
  .uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 3 })
  .chain((ends) => {
    const places = [...ends.sort((left, right) => left - right), null];
    const prices = fc.tuple(decimal, fc.oneof(fc.constant("0"), decimal));
    return fc.array(prices, { minLength: places.length, maxLength: places.length }).map((each) =>
      each.map(([unitMinor, flatMinor], place) => {
        return { upTo: places[place]?.toString() ?? null, unitMinor, flatMinor };
      }),
    );
  });

const perUnit = decimal.map((unitMinor): PriceOffer => {
  return { ...blank, ...cycle, model: "per_unit", unitMinor };
});
const percentage = fc.constantFrom("2.9", "0.5", "12.75", "100").map((percent): PriceOffer => {
  return { ...blank, ...cycle, model: "percentage", percent };
});
export const graduated = tiers.map((of): PriceOffer => {
  return { ...blank, ...cycle, model: "graduated", tiers: of };
});
export const volume = tiers.map((of): PriceOffer => {
  return { ...blank, ...cycle, model: "volume", tiers: of };
});
export const packages = fc
  .tuple(decimal, fc.integer({ min: 1, max: 60 }))
  .map(([unitMinor, size]): PriceOffer => {
    return { ...blank, ...cycle, model: "package", unitMinor, packageSize: String(size) };
  });

/** Every model, with what is included where the model can include units. */
export const sold: fc.Arbitrary<{ offer: PriceOffer; included: string }> = fc.oneof(
  fc.record({
    offer: fc.oneof(perUnit, percentage, graduated),
    included: fc.constantFrom("0", "0", "3", "100"),
  }),
  fc.record({ offer: fc.oneof(volume, packages), included: fc.constant("0") }),
);

export const quantity = fc.oneof(
  fc.bigInt({ min: 0n, max: 12n }),
  fc.bigInt({ min: 0n, max: 2_000n }),
);
