import { expect, test } from "vitest";
import { discountLeft, endAfter, runsAt } from "#lib/billing/discount";

const at = (day: string) => new Date(`${day}T10:00:00Z`);
const monthly = { nextInvoiceAt: at("2026-02-15"), interval: "month" } as const;

function left(now: string, endsAt: Date | null, cycle: object = {}) {
  const given = { words: "A quarter off", duration: "repeating", endsAt } as const;
  const { monthsLeft, invoicesLeft } = discountLeft(given, { ...monthly, now: at(now), ...cycle });
  return [monthsLeft, invoicesLeft];
}

test("a month that has begun is left whole, and the last is over on its day", () => {
  const ends = endAfter(at("2026-01-10"), 3);
  expect(ends).toEqual(at("2026-04-10"));
  expect(left("2026-01-10", ends)[0]).toBe(3);
  expect(left("2026-01-11", ends)[0]).toBe(3);
  expect(left("2026-02-10", ends)[0]).toBe(2);
  expect(left("2026-04-09", ends)[0]).toBe(1);
  expect(left("2026-04-10", ends)[0]).toBe(0);
});

test("what counts is how many invoices it meets: each month's, or the one of a year", () => {
  const ends = at("2026-04-10");
  expect(left("2026-01-10", ends)).toEqual([3, 2]);
  expect(left("2026-01-10", at("2026-04-15"))).toEqual([4, 2]);
  expect(left("2026-01-10", at("2026-04-16"))).toEqual([4, 3]);
  const yearly = { interval: "year", nextInvoiceAt: at("2027-01-10") };
  expect(left("2026-01-10", ends, yearly)).toEqual([3, 0]);
  expect(left("2026-01-10", at("2027-01-11"), yearly)).toEqual([13, 1]);
});

test("given on the 31st it ends on the last day of a shorter month, and the 31st comes back", () => {
  expect(endAfter(at("2026-01-31"), 1)).toEqual(at("2026-02-28"));
  expect(endAfter(at("2026-01-31"), 2)).toEqual(at("2026-03-31"));
  expect(endAfter(at("2026-01-31"), null)).toBeNull();
});

test("one without an end comes off all invoices, one for an invoice off one", () => {
  const words = { words: "Half", endsAt: null };
  const cycle = { ...monthly, now: at("2026-01-10") };
  const forever = discountLeft({ ...words, duration: "forever" }, cycle);
  expect(forever).toMatchObject({ monthsLeft: null, invoicesLeft: null });
  expect(discountLeft({ ...words, duration: "once" }, cycle).invoicesLeft).toBe(1);
  expect([
    runsAt({ endsAt: null }, at("2030-01-01")),
    runsAt({ endsAt: at("2026-01-10") }, at("2026-01-10")),
  ]).toEqual([true, false]);
});
