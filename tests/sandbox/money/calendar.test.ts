import fc from "fast-check";
import { expect, test } from "vitest";
import { nextBoundary, periodEnd } from "#sandbox/money/calendar";

const at = (iso: string) => Date.parse(iso) / 1000;
const day = (seconds: number) => new Date(seconds * 1000).toISOString();
const monthly = { interval: "month", interval_count: 1 };

test("a month without the anchor's day ends on its last, and the day comes back", () => {
  const anchor = at("2027-01-31T10:20:30Z");
  const ends = [1, 2, 3, 4].map((count) => day(periodEnd(anchor, monthly, count)).slice(0, 19));
  expect(ends).toEqual([
    "2027-02-28T10:20:30",
    "2027-03-31T10:20:30",
    "2027-04-30T10:20:30",
    "2027-05-31T10:20:30",
  ]);
});

test("a leap day's year ends on 28 February, and in four years on the 29th", () => {
  const anchor = at("2028-02-29T00:00:00Z");
  const yearly = { interval: "year", interval_count: 1 };
  expect(day(periodEnd(anchor, yearly, 1)).slice(0, 10)).toBe("2029-02-28");
  expect(day(periodEnd(anchor, yearly, 4)).slice(0, 10)).toBe("2032-02-29");
});

test("the next boundary is the first one after an instant", () => {
  const interval = fc.constantFrom("day", "week", "month", "year");
  const anchor = fc.integer({ min: at("2020-01-01"), max: at("2030-01-01") });
  fc.assert(
    fc.property(
      anchor,
      interval,
      fc.integer({ min: 1, max: 6 }),
      fc.nat(10 ** 9),
      (from, unit, every, later) => {
        const rule = { interval: unit, interval_count: every };
        const found = nextBoundary(from, rule, from + later);
        expect(found).toBeGreaterThan(from + later);
        const count =
          [...Array(20_000).keys()].find((n) => periodEnd(from, rule, n) === found) ?? -1;
        expect(count).toBeGreaterThan(0);
        expect(periodEnd(from, rule, count - 1)).toBeLessThanOrEqual(from + later);
      },
    ),
    { numRuns: 50 },
  );
});
