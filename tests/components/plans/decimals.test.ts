import { expect, test } from "vitest";
import { toMajor, toMinor } from "#components/plans/decimals";

test.each([
  ["49", "usd", "4900"],
  ["49.50", "usd", "4950"],
  ["0.0005", "usd", "0.05"],
  [".5", "usd", "50"],
  ["0", "usd", "0"],
  ["007.10", "usd", "710"],
  ["500", "jpy", "500"],
  ["0.5", "jpy", "0.5"],
  ["1.5", "kwd", "1500"],
  ["90071992547409.93", "usd", "9007199254740993"],
] as const)("%s in %s is %s minor units", (major, currency, minor) => {
  expect(toMinor(major, currency)).toBe(minor);
});

test.each([
  ["4900", "usd", "49"],
  ["4950", "usd", "49.50"],
  ["0.05", "usd", "0.0005"],
  ["5", "usd", "0.05"],
  ["0", "usd", "0"],
  ["500", "jpy", "500"],
  ["1500", "kwd", "1.500"],
] as const)("%s minor units of %s are typed as %s", (minor, currency, major) => {
  expect(toMajor(minor, currency)).toBe(major);
});

test.each(["", "abc", "-1", "1,50", "1e3", "1.", "1 000"])(
  "what is no amount, %j, reaches the server as it was typed",
  (text) => {
    expect(toMinor(text, "usd")).toBe(text);
  },
);
