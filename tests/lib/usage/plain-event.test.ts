import fc from "fast-check";
import { expect, test } from "vitest";
import { usageEventBody } from "#lib/usage/input";
import type { UsageMeter } from "#lib/usage/meter";
import { isPlainEvent } from "#lib/usage/plain-event";
import { readEvent } from "#lib/usage/read-event";

/** Texts about each bound there is, and some that are not plain at all. */
const text = fc.oneof(
  fc.string(),
  fc.constantFrom(0, 1, 64, 65, 100, 101, 255, 256).map((length) => "a".repeat(length)),
  fc.string({ unit: "binary", maxLength: 256 }),
);
const anything = fc.oneof(text, fc.double(), fc.integer(), fc.constantFrom(null, true, undefined));
const name = fc.oneof(
  fc.constantFrom("key", "meter", "value", "unit", "at", "unique", "dimensions"),
  fc.constantFrom("__proto__", "constructor", "detail", "Key"),
);

test("what is held to be plain is what the schema takes, as it is", () => {
  let plain = 0;
  const likely = fc.record(
    { key: text, meter: text, value: anything, unit: text, at: text, unique: text },
    { requiredKeys: [] },
  );
  const entries = fc.array(fc.tuple(name, anything)).map((all) => Object.fromEntries(all));
  fc.assert(
    fc.property(fc.oneof(likely, entries, fc.anything()), (sent) => {
      if (!isPlainEvent(sent)) return;
      plain += 1;
      expect(usageEventBody.safeParse(sent)).toEqual({ success: true, data: sent });
    }),
    { numRuns: 3_000 },
  );
  // Were nothing plain, nothing would have been shown.
  expect(plain).toBeGreaterThan(100);
});

test.each([
  ["nothing but what is needed", { key: "k", meter: "calls" }],
  ["every text at its longest", everyText(255, 100)],
  ["a number", { key: "k", meter: "calls", value: 12.5 }],
])("an event of %s is plain", (_what, sent) => {
  expect(isPlainEvent(sent)).toBe(true);
});

test.each([
  ["a text too long", everyText(256, 100)],
  ["a unit too long", everyText(255, 101)],
  ["no key", { meter: "calls" }],
  ["no meter", { key: "k" }],
  ["an empty key", { key: "", meter: "calls" }],
  ["a field there is not", { key: "k", meter: "calls", quantity: 1 }],
  ["a prototype of its own", JSON.parse('{"key":"k","meter":"calls","__proto__":{"unit":"b"}}')],
  ["a number that is none", { key: "k", meter: "calls", value: Number.NaN }],
  ["dimensions", { key: "k", meter: "calls", dimensions: {} }],
  ["a list around it", [{ key: "k", meter: "calls" }]],
])("of an event with %s the schema decides", (_what, sent) => {
  expect(isPlainEvent(sent)).toBe(false);
});

function everyText(ofKey: number, ofUnit: number) {
  const key = "k".repeat(ofKey);
  return { key, meter: "m".repeat(100), unit: "u".repeat(ofUnit), at: "now", unique: "x" };
}

const now = new Date("2028-03-01T00:00:00Z");
const meter: UsageMeter = {
  ...({ key: "calls", name: "Calls", aggregation: "sum" } as const),
  ...{ unit: null, eventName: "calls", stripeMeterId: null, isActive: true },
};
const read = (sent: object) =>
  readEvent(
    { key: "k", meter: "calls", ...sent },
    { meters: new Map([["calls", meter]]), now, lateDays: 35 },
  );

test.each([
  ["12", "12"],
  ["012", "12"],
  ["0", "0"],
  ["12.50", "12.5"],
  [" 7 ", "7"],
  ["999999999999999", "999999999999999"],
])("a value sent as %j is kept as %j", (value, kept) => {
  expect(read({ value })).toMatchObject({ value: kept });
});

test.each([
  ["2028-02-29T12:00:00Z", "2028-02-29T12:00:00.000Z"],
  ["2028-02-29t12:00:00.5z", "2028-02-29T12:00:00.500Z"],
  ["2028-02-29 12:00:00+05:30", "2028-02-29T06:30:00.000Z"],
])("an instant sent as %j is kept as %j", (at, kept) => {
  expect(read({ at })).toMatchObject({ at: kept });
});

test.each(["2028-02-30T12:00:00Z", "2028-02-29T12:00:00", "2028-02-29", "soon"])(
  "%j names no instant",
  (at) => {
    expect(read({ at })).toMatchObject({ field: "at", detail: expect.stringContaining("zone") });
  },
);

test.each(["nul\0", "half \ud800", String.raw`\u0000`, String.raw`\ud83d`])(
  "the text %j cannot be kept",
  (key) => {
    expect(read({ key })).toMatchObject({ field: "key" });
  },
);

test.each(["naïve", "日本", "🙂", "back\\slash", "tab\t"])("the text %j is kept", (key) => {
  expect(read({ key })).toMatchObject({ key });
});
