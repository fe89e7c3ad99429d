import fc from "fast-check";
import { expect, test } from "vitest";
import { type Currency, currencies } from "#lib/money/currency";
import { formatMoney, toDecimal } from "#lib/money/format-money";
import { money } from "#lib/money/money";

const currency = fc.constantFrom(...(Object.keys(currencies) as Currency[]));
const largest = 2n ** 63n - 1n;
const minor = fc.bigInt({ min: -largest - 1n, max: largest });

test.each([
  [123456n, "usd", "$1,234.56"],
  [-5n, "usd", "-$0.05"],
  [0n, "usd", "$0.00"],
  [1234n, "jpy", "¥1,234"],
  [-1n, "jpy", "-¥1"],
  [1n, "kwd", "KWD\u00a00.001"],
  [1234567n, "kwd", "KWD\u00a01,234.567"],
  [largest, "usd", "$92,233,720,368,547,758.07"],
  [-largest - 1n, "usd", "-$92,233,720,368,547,758.08"],
  [largest, "jpy", "¥9,223,372,036,854,775,807"],
  [largest, "kwd", "KWD\u00a09,223,372,036,854,775.807"],
] as const)("%d minor units of %s read %s", (amount, unit, expected) => {
  expect(formatMoney(money(amount, unit))).toBe(expected);
});

test("the person's locale decides signs and separators", () => {
  expect(formatMoney(money(123456n, "eur"), "de-DE")).toBe("1.234,56\u00a0€");
});

test("every digit survives, at any size and in any currency", () => {
  fc.assert(
    fc.property(minor, currency, (amount, unit) => {
      const digits = formatMoney(money(amount, unit)).replace(/\D/g, "");
      expect(BigInt(digits)).toBe(amount < 0n ? -amount : amount);
    }),
  );
});

test("a decimal reads back as the minor units it came from", () => {
  fc.assert(
    fc.property(minor, currency, (amount, unit) => {
      const decimal = toDecimal(money(amount, unit));
      expect(decimal).toMatch(/^-?(0|[1-9]\d*)(\.\d+)?$/);
      expect(BigInt(decimal.replace(".", ""))).toBe(amount);
      expect(decimal.split(".")[1]?.length ?? 0).toBe(currencies[unit].decimals);
    }),
  );
});

test("our decimals are those that Intl knows", () => {
  for (const [unit, { decimals }] of Object.entries(currencies)) {
    const options = new Intl.NumberFormat("en", { style: "currency", currency: unit });
    expect(options.resolvedOptions().maximumFractionDigits, unit).toBe(decimals);
  }
});
