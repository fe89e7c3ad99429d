import { join } from "node:path";
import { expect, test } from "vitest";
import { failedFilesOf, judgePlaywright, judgeVitest, tellSecondTries } from "#scripts/second-try";

type Ran = [name: string, ...tests: string[]];

/** A report in which a test fails by being called so; a file without tests did not load. */
const vitest = (...files: Ran[]) => ({
  testResults: files.map(([name, ...tests]) => ({
    ...{ name: join(process.cwd(), name), startTime: 0, endTime: 1 },
    status: tests.length === 0 || tests.includes("failed") ? "failed" : "passed",
    assertionResults: tests.map((status, place) => ({ status, fullName: `test ${place + 1}` })),
  })),
});

test("a run in which all passes needs no second try", () => {
  const report = vitest(["a.test.ts", "passed", "skipped"]);
  expect(failedFilesOf(report)).toEqual([]);
  expect(judgeVitest(report, null, 0)).toEqual({ passed: 1, failed: 0, secondTry: [] });
});

test("a file that passes by itself counts as passed, and what failed in it is named", () => {
  const first = vitest(["a.test.ts", "passed", "failed"], ["b.test.ts", "passed"], ["c.test.ts"]);
  expect(failedFilesOf(first)).toEqual(["a.test.ts", "c.test.ts"]);
  const again = vitest(["a.test.ts", "passed", "passed"], ["c.test.ts", "passed"]);
  expect(judgeVitest(first, again, 0)).toEqual({
    ...{ passed: 4, failed: 0, secondTry: ["a.test.ts: test 2", "c.test.ts"] },
  });
});

test("what fails twice has failed, and so has what never loads or fails outside a test", () => {
  const first = vitest(["a.test.ts", "passed", "failed"], ["b.test.ts"]);
  expect(judgeVitest(first, first, 1)).toEqual({ passed: 1, failed: 2, secondTry: [] });
  const outside = vitest(["a.test.ts", "passed"]);
  expect(judgeVitest(outside, null, 1)).toEqual({ passed: 1, failed: 1, secondTry: [] });
});

test("a test of the browser that passed at its second try is named with its file", () => {
  const spec = (title: string, status: string) => ({
    ...{ title, tests: [{ status, results: [{ duration: 1 }] }] },
  });
  const file = "a.spec.ts";
  const inner = { file, specs: [spec("late", "flaky")] };
  const suites = [{ file, specs: [spec("good", "expected")], suites: [inner] }];
  const report = {
    config: { rootDir: "" },
    stats: { expected: 1, unexpected: 0, flaky: 1 },
    suites,
  };
  expect(judgePlaywright(report, 0)).toEqual({
    ...{ passed: 2, failed: 0, secondTry: ["a.spec.ts: late"] },
  });
  expect(tellSecondTries(["a.spec.ts: late"]).at(-1)).toBe("  a.spec.ts: late");
  expect(tellSecondTries([])).toEqual([]);
  const stats = { expected: 1, unexpected: 1, flaky: 0 };
  expect(judgePlaywright({ ...report, stats, suites: [] }, 1)).toMatchObject({ failed: 1 });
});
