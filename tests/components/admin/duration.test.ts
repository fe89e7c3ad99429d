import { expect, test } from "vitest";
import { formatDuration } from "#components/admin/duration";

test.each([
  [4, "4 ms"],
  [42, "42 ms"],
  [420, "0.4 s"],
  [9_900, "9.9 s"],
  [12_400, "12 s"],
  [180_000, "3 min"],
  [7_200_000, "2 h"],
  [400_000_000, "5 d"],
])("%i ms read as %s", (ms, words) => {
  expect(formatDuration(ms)).toBe(words);
});
