import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { judge } from "#scripts/mutations/judge";
import { mutants } from "#scripts/mutations/mutants";
import { mutate } from "#scripts/mutations/mutate";
import { operators } from "#scripts/mutations/operators";

test("every mutant has its place in what is there now, and tests to notice it", () => {
  const changes = mutants.map((mutant) => {
    const { file, before, after } = mutate(mutant);
    expect(after, mutant.place).not.toBe(before);
    expect(mutant.tests.filter((path) => !existsSync(path))).toEqual([]);
    return `${file} ${after}`;
  });
  expect(new Set(changes).size).toBe(mutants.length);
});

test("a place that is not there, is there twice or marks nothing is an error", () => {
  const where = "lib/ledger/entry.ts";
  const of = (place: string) => () => mutate({ where, tests: [], operator: "dropped", place });
  expect(of("«no such text»")).toThrow("is not there");
  expect(of("«readonly»")).toThrow("is there twice");
  expect(of("export type BookKey")).toThrow("mark one part");
});

test("of a function of the database the newest definition is broken", () => {
  const place = "most «integer»";
  const { file } = mutate({ where: "app.fold_ledger", tests: [], operator: "dropped", place });
  expect(file).not.toContain("20261121184203_ledger");
  expect(() => mutate({ where: "app.nothing", tests: [], operator: "dropped", place })).toThrow(
    "No migration defines app.nothing",
  );
});

test("an operator that has nothing to do says so", () => {
  expect(operators.boundary("<")).toBe("<=");
  expect(operators.swapped("from, to")).toBe("to, from");
  expect(operators.more("9n")).toBe("10n");
  expect(() => operators.opposite("maybe")).toThrow("nothing to put instead");
  expect(() => operators.more("ten")).toThrow("no whole number");
  expect(() => operators.swapped("one")).toThrow("no two to swap");
});

const told = (status: string, ...failureMessages: string[]) => ({
  ...{ status, fullName: `it ${status}`, failureMessages },
});
const report = (status: string, ...assertionResults: ReturnType<typeof told>[]) => ({
  testResults: [{ name: "a.test.ts", status, message: "beforeAll failed", assertionResults }],
});
const failing = "AssertionError: expected 1 to be 2";

test.each([
  ["a test that fails by its name", report("failed", told("failed", failing)), 1, "killed"],
  ["none that fails", report("passed", told("passed")), 0, "survived"],
  ["a file that does not load", report("failed"), 1, "error"],
  ["a test that was never over", report("failed", told("failed", timedOut())), 1, "error"],
  ["SQL that is none", report("failed", told("failed", "Code: `42601`")), 1, "error"],
  [
    "code that is none",
    report("failed", told("failed", "ReferenceError: x is not defined")),
    1,
    "error",
  ],
  ["a failure outside any test", report("passed", told("passed")), 1, "error"],
  ["a file that did not run", { testResults: [] }, 0, "error"],
] as const)("%s is judged by what it proves", (_, said, code, outcome) => {
  expect(judge(said, 1, code).outcome).toBe(outcome);
});

test("a test that fails counts beside one that was never over", () => {
  const both = report("failed", told("failed", timedOut()), told("failed", failing));
  expect(judge(both, 1, 1)).toEqual({ outcome: "killed", by: "it failed" });
});

function timedOut() {
  return "Error: Test timed out in 20000ms.";
}
