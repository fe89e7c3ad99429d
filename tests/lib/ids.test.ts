import fc from "fast-check";
import { expect, test } from "vitest";
import { newId } from "#lib/ids";

const kinds = [
  ["user", "usr"],
  ["session", "ses"],
  ["tenant", "ten"],
  ["invitation", "inv"],
  ["mail", "mail"],
  ["checkout", "chk"],
  ["trace", "trc"],
] as const;

test.each(kinds)("an id of a %s begins with %s_", (kind, prefix) => {
  expect(newId(kind)).toMatch(new RegExp(`^${prefix}_[0-9B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]{20}$`));
});

test("a later id sorts after an earlier one, as bytes", () => {
  const instant = fc.date({
    min: new Date(0),
    max: new Date("9999-12-31T23:59:59.999Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(instant, instant, (one, other) => {
      fc.pre(one.getTime() !== other.getTime());
      const [earlier, later] = one < other ? [one, other] : [other, one];
      expect(newId("tenant", earlier) < newId("tenant", later)).toBe(true);
    }),
  );
});

test("the first 48 bits of an id are its milliseconds", () => {
  const alphabet = "0123456789BCDFGHJKMNPQRSTVWXYZbcdfghjkmnpqrstvwxyz";
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (ms) => {
      const digits = [...newId("user", new Date(ms)).slice(4)];
      const value = digits.reduce((sum, one) => sum * 50n + BigInt(alphabet.indexOf(one)), 0n);
      expect(value >> 64n).toBe(BigInt(ms));
    }),
  );
});

test("ids of one millisecond differ", () => {
  const at = new Date("2026-11-20T12:00:00Z");
  const ids = Array.from({ length: 50_000 }, () => newId("user", at));
  expect(new Set(ids).size).toBe(ids.length);
});

test("ids spell no words and hold no look-alikes", () => {
  const text = Array.from({ length: 2_000 }, () => newId("user").slice(4)).join("");
  expect(text).not.toMatch(/[aeiouAEIOUlL]/);
});
