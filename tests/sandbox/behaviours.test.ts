import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** The behaviours of Stripe's that this server must have are numbered; each has tests that say so. */
const numbers = Array.from({ length: 67 }, (_, place) => place + 1);

function provedIn(files: readonly string[]): Set<number> {
  const names = files.flatMap((text) => [
    ...text.matchAll(/\btest(?:\.each\([\s\S]*?\))?\(\s*"(\d+): /g),
  ]);
  return new Set(names.map(([, number]) => Number(number)));
}

function unproved(files: readonly string[]): number[] {
  const proved = provedIn(files);
  return numbers.filter((number) => !proved.has(number));
}

test("every behaviour has a test named after it, and no test names another", () => {
  const folder = import.meta.dirname;
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts") && name !== "behaviours.test.ts")
    .map((name) => readFileSync(join(folder, name), "utf8"));
  expect(unproved(files)).toEqual([]);
  expect([...provedIn(files)].filter((number) => !numbers.includes(number))).toEqual([]);
});

test("a behaviour without a test is noticed", () => {
  const all = numbers.map((number) => `test("${number}: it holds", () => {});`);
  expect(unproved(all)).toEqual([]);
  expect(unproved(all.toSpliced(11, 1))).toEqual([12]);
  expect(unproved(all.with(11, '// test("12")'))).toEqual([12]);
});
