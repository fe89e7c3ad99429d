import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ComponentPrice } from "#lib/catalog/plan";
import { amountOf } from "#lib/catalog/price-of";
import { replaceEnv } from "#lib/env";
import type { TenantContext } from "#lib/tenancy/context";
import { replaceUsage, voidUsage } from "#lib/usage/correct-usage";
import { forecastOf } from "#lib/usage/forecast";
import { mostFor } from "#lib/usage/most-for";
import { takeUsage } from "#lib/usage/take-usage";
import { countAll, plantMeters } from "#tests/lib/usage/meters";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { localEnvironment } from "#tests/support/environment";
import { newOwner } from "#tests/support/people";

let database: TestDatabase;
let owner: TenantContext;
const now = new Date();

beforeAll(async () => {
  replaceEnv(localEnvironment);
  database = await openTestDatabase();
  await plantMeters(database.context());
  owner = { ...(await newOwner(database.context())).owner, now: () => now };
});
afterAll(() => database.close());

const event = fc.record({
  meter: fc.constantFrom("calls", "runs", "peak", "storage", "users"),
  // Few hours and few values, so that ties and hours in common are frequent.
  agoMs: fc.constantFrom(0, 1, 1000, 3_600_000, 7_200_000, 30 * 86_400_000),
  value: fc.constantFrom("0", "0.000000000001", "1", "2.5", "7", "999999999999999"),
  unique: fc.constantFrom("u", "v", "w"),
});

type Used = { meter: string; agoMs: number; value: string; unique: string };

test("any order and any batches of the same usage give the same bill", async () => {
  let run = 0;
  const arrivals = fc
    .array(event, { minLength: 1, maxLength: 25 })
    .chain((events) =>
      fc.tuple(
        fc.constant(events),
        fc.shuffledSubarray([...events.keys()], { minLength: events.length }),
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 25, maxLength: 25 }),
      ),
    );
  await fc.assert(
    fc.asyncProperty(arrivals, async ([events, order, sizes]) => {
      run += 1;
      const sent = events.map(({ meter, agoMs, value, unique }, index) => ({
        ...{ key: `${String.fromCharCode(97 + index)}-RUN`, meter },
        at: new Date(now.getTime() - agoMs).toISOString(),
        ...(meter === "users" ? { unique } : meter === "runs" ? {} : { value }),
      }));
      const counts: Record<string, string>[] = [];
      for (const way of ["one", "other"]) {
        const tenantId = `ten_${run}_${way}`;
        const ctx = {
          ...owner,
          tenantId,
          scope: { kind: "tenant", tenantId, userId: "x" },
        } as const;
        let rest = way === "one" ? sent : order.map((place) => sent[place]!);
        for (const size of way === "one" ? [100] : sizes) {
          if (rest.length === 0) break;
          // Some of it twice: a copy counts nothing.
          await takeUsage(ctx, rest.slice(0, size + 2));
          rest = rest.slice(size);
        }
        counts.push(await countAll(ctx));
      }
      expect(counts[1]).toEqual(counts[0]);
      const [bill, other] = counts.map((count) =>
        prices.map(([, of, included]) => amountOf(of, included, count.calls!)),
      );
      expect(other).toEqual(bill);
    }),
    { numRuns: 25 },
  );
});

test("voided and replaced in any order, usage counts as if it had been sent right at once", async () => {
  let run = 0;
  const corrected = fc.record({
    ...{ first: event, fate: fc.constantFrom("kept", "voided", "replaced"), last: event },
    /** Where it is sent and where it is corrected, among all the others. */
    ...{ sentAt: fc.double({ noNaN: true }), correctedAfter: fc.double({ min: 0, noNaN: true }) },
  });
  const contentOf = ({ meter, agoMs, value, unique }: Used) => ({
    ...{ meter, at: new Date(now.getTime() - agoMs).toISOString() },
    ...(meter === "users" ? { unique } : meter === "runs" ? {} : { value }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(corrected, { minLength: 1, maxLength: 8 }), async (all) => {
      run += 1;
      const [right, mended] = ["right", "mended"].map((way) => tenantNamed(`ten_${way}_${run}`));
      const keyed = all.map((one, index) => ({
        ...one,
        key: `${String.fromCharCode(97 + index)}`,
      }));
      for (const { key, first, last, fate } of keyed) {
        const content = contentOf(fate === "replaced" ? last : first);
        if (fate !== "voided") await takeUsage(right!, { key, ...content });
      }
      const steps = keyed.flatMap(({ key, first, last, fate, sentAt, correctedAfter }) => {
        const reason = "sent wrong";
        const acts = {
          kept: async () => {},
          voided: () => voidUsage(mended!, { key, reason }),
          replaced: () => replaceUsage(mended!, { key, reason, ...contentOf(last) }),
        };
        return [
          { at: sentAt, act: () => takeUsage(mended!, { key, ...contentOf(first) }) },
          { at: sentAt + correctedAfter, act: acts[fate as keyof typeof acts] },
        ];
      });
      // A stable sort: what is corrected at once still comes after it was sent.
      for (const { act } of steps.toSorted((left, right) => left.at - right.at)) await act();
      expect(await countAll(mended!)).toEqual(await countAll(right!));
    }),
    { numRuns: 12 },
  );
});

test("a last value that is voided gives way to the one of an hour before", async () => {
  const ctx = tenantNamed("ten_given_way");
  const at = (agoMs: number) => new Date(now.getTime() - agoMs).toISOString();
  await takeUsage(ctx, { key: "before", meter: "storage", value: "7", at: at(3_600_000) });
  await takeUsage(ctx, { key: "after", meter: "storage", value: "9", at: at(0) });
  await voidUsage(ctx, { key: "after", reason: "sent wrong" });
  expect((await countAll(ctx)).storage).toBe("7");
});

function tenantNamed(tenantId: string): TenantContext {
  return { ...owner, tenantId, scope: { kind: "tenant", tenantId, userId: owner.userId } };
}

const tier = (upTo: string | null, unitMinor: string, flatMinor = "0") => ({
  upTo,
  unitMinor,
  flatMinor,
});
const price = (over: Partial<ComponentPrice>): ComponentPrice => ({
  ...{ currency: "usd", interval: "month", model: "per_unit", unitMinor: "1", tiers: null },
  ...{ packageSize: null, percent: null, minimumMinor: null, capMinor: null, ...over },
});
const prices: [string, ComponentPrice, string][] = [
  ["per unit", price({ unitMinor: "0.3" }), "0"],
  ["with units included", price({ unitMinor: "0.3" }), "100"],
  [
    "graduated",
    price({ model: "graduated", tiers: [tier("100", "0"), tier(null, "0.05", "9")] }),
    "0",
  ],
  ["volume", price({ model: "volume", tiers: [tier("100", "2"), tier(null, "1")] }), "0"],
  ["packages", price({ model: "package", unitMinor: "500", packageSize: "1000" }), "0"],
  ["a percentage", price({ model: "percentage", unitMinor: null, percent: "2.9" }), "0"],
];

test.each(prices)(
  "the most that money buys, priced %s, is in it and the next is not",
  (_name, of, included) => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 100_000n }), (minor) => {
        const most = mostFor(of, included, minor)!;
        const costs = (quantity: string) => amountOf(of, included, quantity);
        expect(costs(most) <= minor).toBe(true);
        const [whole, decimals = ""] = most.split(".");
        const next = BigInt(whole + decimals.padEnd(12, "0")) + 1n;
        const text = String(next).padStart(13, "0");
        expect(costs(`${text.slice(0, -12)}.${text.slice(-12)}`) > minor).toBe(true);
      }),
      { numRuns: 60 },
    );
  },
);

test("a price that is capped below the money is never too much", () => {
  expect(mostFor(price({ capMinor: "50" }), "0", 50n)).toBeNull();
  expect(mostFor(price({ unitMinor: "0" }), "0", 0n)).toBeNull();
});

const dayMs = 86_400_000;
const from = new Date("2026-11-01T00:00:00Z");
const to = new Date("2026-12-01T00:00:00Z");
const at = (days: number) => new Date(from.getTime() + days * dayMs);

test("a forecast goes on at the same pace, and learns the shape of weeks", () => {
  const period = { from, to, now: at(10) };
  expect(forecastOf("100", period, [], "sum")).toEqual({ quantity: "300", learntFromDays: 0 });
  const weekdays = Array.from({ length: 28 }, (_, index) => {
    const day = at(10 - 28 + index);
    return { day, quantity: [0, 6].includes(day.getUTCDay()) ? 0 : 10 };
  });
  // Nothing on weekends: 7 working days have gone by and 14 are to come.
  const passed = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].filter(
    (day) => ![0, 6].includes(at(day).getUTCDay()),
  );
  const learnt = forecastOf(String(passed.length * 10), period, weekdays, "sum");
  expect(learnt).toEqual({ quantity: "210", learntFromDays: 28 });
});

test("a forecast is never below what was used, nor a guess from nothing", () => {
  expect(forecastOf("0.5", { from, to, now: at(29.99) }, [], "sum")!.quantity).toBe("0.5");
  expect(
    forecastOf("7", { from, to, now: new Date(from.getTime() + 60_000) }, [], "sum"),
  ).toBeNull();
  expect(forecastOf("7", { from, to, now: at(3) }, [], "max")!.quantity).toBe("7");
  expect(forecastOf("7", { from, to, now: at(40) }, [], "sum")!.quantity).toBe("7");
  const absurd = "9".repeat(24);
  expect(forecastOf(absurd, { from, to, now: at(10) }, [], "sum")!.quantity).toMatch(/^\d{25}$/);
});
