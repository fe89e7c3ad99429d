import { expect, test } from "vitest";
import { formatUnitPrice } from "#components/pricing/unit-price";

test.each([
  ["4900", "usd", "$49"],
  ["4950", "usd", "$49.50"],
  ["5", "usd", "$0.05"],
  ["0.05", "usd", "$0.0005"],
  ["12.5", "usd", "$0.125"],
  ["0.000000000001", "usd", "$0.00000000000001"],
  ["500", "jpy", "¥500"],
  ["0.5", "jpy", "¥0.5"],
  ["1500", "kwd", "KWD 1.500"],
  ["9007199254740993", "usd", "$90,071,992,547,409.93"],
] as const)("%s minor units of %s read %s", (minor, currency, text) => {
  expect(formatUnitPrice(minor, currency, "en").replaceAll("\u00a0", " ")).toBe(text);
});
