import fc from "fast-check";
import { expect, test } from "vitest";
import {
  add,
  ceiling,
  compare,
  floor,
  formatDecimal,
  parseDecimal,
  rational,
  roundHalfDown,
  roundHalfOut,
  roundHalfUp,
} from "#sandbox/money/rational";

const whole = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const part = fc.bigInt({ min: 1n, max: 10n ** 9n });

test("45: a line is rounded to the nearest cent, ties away from zero", () => {
  expect(roundHalfOut(parseDecimal("-166.35"))).toBe(-166n);
  expect(roundHalfOut(parseDecimal("540.96"))).toBe(541n);
  expect(roundHalfOut(parseDecimal("1.5"))).toBe(2n);
  expect(roundHalfOut(parseDecimal("0.5"))).toBe(1n);
  expect(roundHalfOut(parseDecimal("-0.5"))).toBe(-1n);
});

test("a percentage is rounded with ties toward minus infinity", () => {
  expect(roundHalfDown(parseDecimal("0.5"))).toBe(0n);
  expect(roundHalfDown(parseDecimal("-0.5"))).toBe(-1n);
  expect(roundHalfDown(parseDecimal("1.5"))).toBe(1n);
});

test("fees round half up", () => {
  expect(roundHalfUp(parseDecimal("0.5"))).toBe(1n);
  expect(roundHalfUp(parseDecimal("160.5"))).toBe(161n);
});

test("a rounded value is never further than half away", () => {
  fc.assert(
    fc.property(whole, part, (over, under) => {
      const value = rational(over, under);
      for (const rounded of [roundHalfDown(value), roundHalfOut(value), roundHalfUp(value)]) {
        const off = add(value, rational(-rounded));
        const doubled = { over: off.over * 2n, under: off.under };
        expect(compare(doubled, rational(1)) <= 0n).toBe(true);
        expect(compare(doubled, rational(-1)) >= 0n).toBe(true);
      }
    }),
  );
});

test("floor and ceiling enclose a value", () => {
  fc.assert(
    fc.property(whole, part, (over, under) => {
      const value = rational(over, under);
      expect(compare(rational(floor(value)), value) <= 0n).toBe(true);
      expect(compare(rational(ceiling(value)), value) >= 0n).toBe(true);
      expect(ceiling(value) - floor(value)).toBe(over % under === 0n ? 0n : 1n);
    }),
  );
});

test("a decimal reads and writes without losing anything", () => {
  fc.assert(
    fc.property(whole, fc.integer({ min: 0, max: 12 }), (digits, places) => {
      const value = rational(digits, 10n ** BigInt(places));
      expect(compare(parseDecimal(formatDecimal(value)), value)).toBe(0n);
    }),
  );
});
