import fc from "fast-check";
import { expect, test } from "vitest";
import { boundary, periodAt, secondsIn } from "#lib/rater/calendar";
import type { Known, LineKind } from "#lib/rater/line";
import { rateLine, shareOf } from "#lib/rater/rate-line";
import { quantity, sold } from "#tests/lib/rater/offers";

const at = (instant: string) => Date.parse(instant) / 1000;
const instant = fc.integer({ min: at("2020-01-01T00:00:00Z"), max: at("2040-01-01T00:00:00Z") });

test.each([
  ["2028-01-31T10:00:00Z", "month", 1, "2028-02-29T10:00:00Z"],
  ["2027-01-31T10:00:00Z", "month", 1, "2027-02-28T10:00:00Z"],
  ["2028-01-31T10:00:00Z", "month", 2, "2028-03-31T10:00:00Z"],
  ["2028-08-31T23:59:59Z", "month", 6, "2029-02-28T23:59:59Z"],
  ["2028-02-29T00:00:00Z", "year", 1, "2029-02-28T00:00:00Z"],
  ["2028-02-29T00:00:00Z", "year", 4, "2032-02-29T00:00:00Z"],
  ["2028-03-25T23:30:00Z", "month", 1, "2028-04-25T23:30:00Z"],
] as const)("from %s, period %s number %i ends %s", (anchor, interval, count, end) => {
  expect(boundary(at(anchor), interval, count)).toBe(at(end));
});

test("an instant falls into exactly one period, and periods follow each other without a gap", () => {
  fc.assert(
    fc.property(instant, instant, fc.constantFrom("month", "year"), (anchor, when, interval) => {
      const period = periodAt(anchor, interval, when);
      expect(period.from <= when && when < period.to).toBe(true);
      expect(periodAt(anchor, interval, period.to).from).toBe(period.to);
      expect(periodAt(anchor, interval, period.from)).toEqual(period);
    }),
  );
});

/** A line about a stretch of a period of a thousand seconds or so. */
const whole = { from: 1_000_000, to: 1_000_997 };
function rated(
  kind: LineKind,
  price: Known["price"],
  units: bigint,
  [from, to]: [number, number],
  over: Partial<Known> = {},
): bigint {
  const line = {
    ...{ kind, quantity: String(units), part: null, period: { from, to } },
    currency: "usd" as const,
  };
  const known = { price, whole, percents: [], debitedMinor: null, ...over };
  return rateLine(line, known)!.expected.minor;
}

const cut = fc.integer({ min: whole.from, max: whole.to });

test("the shares of a period sum to the whole, but for half a cent of rounding each", () => {
  const cuts = fc.uniqueArray(cut, { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(sold, quantity, cuts, (price, units, places) => {
      const ends = [whole.from, ...places.sort((a, b) => a - b), whole.to];
      const parts = ends
        .slice(1)
        .map((end, place) => rated("partial", price, units, [ends[place]!, end]));
      const total = rated("period", price, units, [whole.from, whole.to]);
      const off = parts.reduce((sum, part) => sum + part, 0n) - total;
      expect(2n * (off < 0n ? -off : off)).toBeLessThanOrEqual(BigInt(parts.length));
    }),
  );
});

test("all of a period costs all of it, nothing of it costs nothing", () => {
  fc.assert(
    fc.property(sold, quantity, cut, (price, units, when) => {
      const all = rated("period", price, units, [whole.from, whole.to]);
      expect(rated("partial", price, units, [whole.from, whole.to])).toBe(all);
      expect(rated("remaining", price, units, [when, when])).toBe(0n);
    }),
  );
});

test("a change to what there was comes to nothing, whenever it is made", () => {
  fc.assert(
    fc.property(sold, quantity, cut, fc.constantFrom([], ["12.5"], ["10", "33.3"]), (...of) => {
      const [price, units, when, percents] = of;
      const left: [number, number] = [when, whole.to];
      const credit = rated("unused", price, units, left, { percents });
      const debit = rated("remaining", price, units, left, { percents });
      expect(credit + debit).toBe(0n);
    }),
  );
});

test("what is given back is never more than what was charged", () => {
  const minor = fc.bigInt({ min: 0n, max: 10n ** 9n });
  fc.assert(
    fc.property(minor, fc.nat(2_678_400), (debited, seconds) => {
      const share = shareOf(debited, seconds, 2_678_400);
      expect(share).toBeLessThanOrEqual(debited);
      expect(shareOf(-debited, seconds, 2_678_400)).toBe(-share);
    }),
  );
});

test("a credit gives back what was charged, also where a coupon made it less", () => {
  const price = { offer: perUnit("3000"), included: "0" };
  const half: [number, number] = [whole.from, whole.from + secondsIn(whole)];
  expect(rated("unused", price, 1n, half, { debitedMinor: 1500n })).toBe(-1500n);
  expect(rated("unused", price, 1n, half)).toBe(-3000n);
});

test("without a price or a whole period nothing is guessed", () => {
  const line = {
    ...{ quantity: "1", part: null, period: whole },
    currency: "usd" as const,
  };
  const nothing = { price: null, whole, percents: [], debitedMinor: null };
  expect(rateLine({ ...line, kind: "period" }, nothing)).toBeNull();
  const price = { offer: perUnit("1"), included: "0" };
  expect(rateLine({ ...line, kind: "remaining" }, { ...nothing, price, whole: null })).toBeNull();
});

test("each step of a calculation is said", () => {
  const line = {
    ...{ quantity: "7", part: null },
    ...({ kind: "remaining", currency: "usd" } as const),
    period: { from: at("2028-02-15T00:00:00Z"), to: at("2028-03-01T00:00:00Z") },
  };
  const month = { from: at("2028-02-01T00:00:00Z"), to: at("2028-03-01T00:00:00Z") };
  const price = { offer: perUnit("1250.5"), included: "0" };
  const known = { price, whole: month, percents: ["20"], debitedMinor: null };
  expect(rateLine(line, known)?.steps).toEqual([
    { says: "7 × $12.505", minor: "8754" },
    { says: "Less 20 %", minor: "7003" },
    {
      says: "1,296,000 of 2,505,600 seconds, 2028-02-15 00:00:00 UTC to 2028-03-01 00:00:00 UTC",
      minor: "3622",
    },
  ]);
});

function perUnit(unitMinor: string) {
  const none = { tiers: null, packageSize: null, percent: null };
  const cycle = { currency: "usd", interval: "month" } as const;
  return { ...cycle, model: "per_unit", unitMinor, ...none } as const;
}
