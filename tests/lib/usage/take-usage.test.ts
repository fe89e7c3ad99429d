import { afterAll, beforeAll, expect, test } from "vitest";
import { view } from "#lib/db/transaction";
import { replaceEnv } from "#lib/env";
import type { TenantContext } from "#lib/tenancy/context";
import { takeUsage } from "#lib/usage/take-usage";
import { countAll, plantMeters } from "#tests/lib/usage/meters";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { localEnvironment } from "#tests/support/environment";
import { newMember, newOwner, unique } from "#tests/support/people";

let database: TestDatabase;
let owner: TenantContext;
const now = new Date();
const dayMs = 86_400_000;

beforeAll(async () => {
  replaceEnv(localEnvironment);
  database = await openTestDatabase();
  await plantMeters(database.context());
  owner = await anOwner();
});
afterAll(() => database.close());

async function anOwner(): Promise<TenantContext> {
  const made = await newOwner(database.context());
  return { ...made.owner, now: () => now };
}

const at = (ms: number) => new Date(now.getTime() + ms).toISOString();

test("an event is counted once, however often it is sent", async () => {
  const ctx = await anOwner();
  const event = { key: "a", meter: "calls", value: "2.5", at: at(-1000) };
  expect(await takeUsage(ctx, event)).toEqual({ accepted: 1, duplicates: 0, refused: [] });
  expect(await takeUsage(ctx, event)).toEqual({ accepted: 0, duplicates: 1, refused: [] });
  expect(await takeUsage(ctx, [event, event, { ...event, value: 2.5 }])).toEqual({
    ...{ accepted: 0, duplicates: 3, refused: [] },
  });
  // Whoever sends no time may send it again later.
  const timeless = { key: "b", meter: "calls" };
  await takeUsage(ctx, timeless);
  const later = { ...ctx, now: () => new Date(now.getTime() + 2 * dayMs) };
  expect(await takeUsage(later, timeless)).toMatchObject({ accepted: 0, duplicates: 1 });
  expect((await countAll(ctx)).calls).toBe("3.5");
});

test("the same key in other words is refused, and says which field differs", async () => {
  const ctx = await anOwner();
  const event = { key: "a", meter: "calls", value: 5, at: at(0), dimensions: { b: 1, a: "x" } };
  await takeUsage(ctx, event);
  const others = [
    { ...event, value: 7 },
    { ...event, meter: "peak" },
    { ...event, at: at(-40 * 60_000) },
    { ...event, at: at(-33 * dayMs) },
    { ...event, dimensions: { a: "y", b: 1 } },
  ];
  const { refused } = await takeUsage(ctx, others);
  expect(refused.map(({ status, field }) => [status, field])).toEqual([
    ...[
      [409, "value"],
      [409, "meter"],
      [409, "at"],
      [409, "at"],
      [409, "dimensions"],
    ],
  ]);
  expect(refused[0]).toMatchObject({ index: 0, key: "a", code: "conflict" });
  expect(refused[0]!.detail).toContain("its value was 5, and is 7 now");
  const samely = { ...event, value: "5.000", dimensions: { a: "x", b: 1 } };
  expect(await takeUsage(ctx, samely)).toMatchObject({ duplicates: 1, refused: [] });
  expect((await countAll(ctx)).calls).toBe("5");
});

test("of two different events with one key in one request the first is taken", async () => {
  const ctx = await anOwner();
  const event = { key: "a", meter: "calls", value: 5, at: at(0) };
  const { accepted, refused } = await takeUsage(ctx, [event, { ...event, value: 6 }]);
  expect([accepted, refused.map(({ index, field }) => [index, field])]).toEqual([
    1,
    [[1, "value"]],
  ]);
});

const bad: [string, object | string | null, string, string][] = [
  ["no key", { meter: "calls" }, "key", "Send a key"],
  ["an unknown meter", { key: "a", meter: "miles" }, "meter", "There is no meter miles"],
  ["a negative value", { key: "a", meter: "calls", value: -1 }, "value", "never negative"],
  ["a negative decimal", { key: "a", meter: "calls", value: "-0.5" }, "value", "void or replace"],
  ["NaN", { key: "a", meter: "calls", value: "NaN" }, "value", "plain decimal"],
  ["no number", { key: "a", meter: "calls", value: Number.NaN }, "value", "Send a number"],
  ["infinity", { key: "a", meter: "calls", value: "Infinity" }, "value", "plain decimal"],
  ["a comma", { key: "a", meter: "calls", value: "1,5" }, "value", "plain decimal"],
  ["an exponent", { key: "a", meter: "calls", value: "1e5" }, "value", "plain decimal"],
  ["an absurd value", { key: "a", meter: "calls", value: "1".repeat(16) }, "value", "15 digits"],
  ["an absurd number", { key: "a", meter: "calls", value: 1e300 }, "value", "Send it as text"],
  [
    "too fine a value",
    { key: "a", meter: "calls", value: "0.0000000000001" },
    "value",
    "12 decimals",
  ],
  ["the wrong unit", { key: "a", meter: "storage", unit: "MB" }, "unit", "Convert it to GB"],
  [
    "a unit where there is none",
    { key: "a", meter: "calls", unit: "GB" },
    "unit",
    "Leave the unit",
  ],
  ["usage of 40 days ago", { key: "a", meter: "calls", at: at(-40 * dayMs) }, "at", "35 days old"],
  [
    "usage of the future",
    { key: "a", meter: "calls", at: at(6 * 60_000) },
    "at",
    "Check your clock",
  ],
  ["no zone", { key: "a", meter: "calls", at: "2026-11-21T09:30:00" }, "at", "with its zone"],
  ["no such day", { key: "a", meter: "calls", at: "2026-02-30T09:30:00Z" }, "at", "with its zone"],
  ["a missing value", { key: "a", meter: "users" }, "unique", "counts different values"],
  ["a stray value", { key: "a", meter: "calls", unique: "u" }, "unique", "into dimensions"],
  ["two runs in one", { key: "a", meter: "runs", value: 2 }, "value", "Leave the value out"],
  [
    "a strange field",
    { key: "a", meter: "calls", amount: 2 },
    "amount",
    "There is no field amount",
  ],
  ["a null character", { key: "a\0", meter: "calls" }, "key", "character that is none"],
  ["half a character", { key: "\ud800", meter: "calls" }, "key", "character that is none"],
  ["text", "calls", "", "Send an object"],
  ["nothing", null, "", "Send an object"],
];

test.each(bad)(
  "%s is refused with its field and what to do",
  async (_what, event, field, words) => {
    const good = { key: unique("good"), meter: "calls", at: at(0) };
    const receipt = await takeUsage(owner, [good, event]);
    expect(receipt.accepted).toBe(1);
    expect(receipt.refused).toMatchObject([{ index: 1, status: 400, field }]);
    expect(receipt.refused[0]!.detail).toContain(words);
  },
);

test("the edges of the window, of values and of keys are inside", async () => {
  const ctx = await anOwner();
  const events = [
    { key: "late", meter: "calls", at: at(-35 * dayMs), value: "0.000000000001" },
    { key: "early", meter: "calls", at: at(5 * 60_000), value: "999999999999999.999999999999" },
    { key: "é".repeat(255), meter: "calls", value: 0 },
    { key: "zone", meter: "calls", value: "007.50", at: "2026-11-21T23:30:00.5+05:30" },
  ];
  const ofThen = { ...ctx, now: () => now };
  const { accepted, refused } = await takeUsage(ofThen, events.slice(0, 3));
  expect([accepted, refused]).toEqual([3, []]);
  expect((await countAll(ctx)).calls).toBe("1000000000000000");
});

test("a request is one event or up to a thousand", async () => {
  await expect(takeUsage(owner, [])).rejects.toMatchObject({ code: "invalid" });
  const many = Array.from({ length: 1001 }, (_, index) => ({ key: `m${index}`, meter: "calls" }));
  await expect(takeUsage(owner, many)).rejects.toMatchObject({ code: "too_large" });
  expect(await takeUsage(owner, many.slice(1))).toMatchObject({ accepted: 1000 });
});

test("who may not write usage is refused before anything is read", async () => {
  const { member } = await newMember(database.context(), owner, "finance");
  await expect(takeUsage(member, [])).rejects.toMatchObject({ code: "forbidden" });
});

test("the same key at once, from many requests and of different months, is counted once", async () => {
  const ctx = await anOwner();
  const tries = Array.from({ length: 40 }, (_, index) => ({
    key: "one",
    meter: "calls",
    at: at(-(index % 4) * 8 * dayMs),
  }));
  const receipts = await Promise.all(tries.map((event) => takeUsage(ctx, event)));
  expect(receipts.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(1);
  expect(receipts.every((one) => one.accepted + one.duplicates + one.refused.length === 1)).toBe(
    true,
  );
  expect((await countAll(ctx)).calls).toBe("1");
});

test("two tenants may use the same keys", async () => {
  const [one, other] = [await anOwner(), await anOwner()];
  const event = { key: "a", meter: "calls", at: at(0) };
  const both = await Promise.all([takeUsage(one, event), takeUsage(other, event)]);
  expect(both.map(({ accepted }) => accepted)).toEqual([1, 1]);
  const seen = await view(one, (tx) => tx.usageEvent.count());
  expect(seen).toBe(1);
});

test("every kind of meter counts as it says", async () => {
  const ctx = await anOwner();
  const hour = -3_600_000;
  const events = [
    ...["3", "9", "4.5"].map((value, index) => ({ meter: "calls", value, at: at(index * hour) })),
    ...[0, 1, 2].map((index) => ({ meter: "runs", at: at(index * hour) })),
    ...["3", "9", "4.5"].map((value, index) => ({ meter: "peak", value, at: at(index * hour) })),
    ...["3", "9", "4.5"].map((value, index) => ({ meter: "storage", value, at: at(index * hour) })),
    ...["u", "v", "u"].map((value, index) => ({
      meter: "users",
      unique: value,
      at: at(index * hour),
    })),
  ].map((event, index) => ({ key: `k${index}`, ...event }));
  expect((await takeUsage(ctx, events)).refused).toEqual([]);
  const all = { calls: "16.5", runs: "3", peak: "9", storage: "3", users: "2" };
  expect(await countAll(ctx)).toEqual(all);
  const since = { from: new Date(now.getTime() + 2 * hour), to: new Date(now.getTime() - 1) };
  const some = { calls: "13.5", runs: "2", peak: "9", storage: "9", users: "2" };
  expect(await countAll(ctx, since)).toEqual(some);
});
