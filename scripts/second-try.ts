import { relative } from "node:path";
import type { PlaywrightReport, PlaywrightSuite, VitestReport } from "#scripts/slowest-files";

/** What a run came to, and the tests that passed at their second try alone. */
export type Verdict = { passed: number; failed: number; secondTry: string[] };

/** The files of which anything failed, or that did not even load. */
export function failedFilesOf({ testResults }: VitestReport): string[] {
  return testResults
    .filter(({ status }) => status !== "passed")
    .map(({ name }) => relative(process.cwd(), name));
}

/**
 * Vitest's run, with what its failed files came to when they were run once more by themselves. A
 * file counts as it ended. `code` is the exit code of the last run: an error outside a test fails
 * a run without failing a test.
 */
export function judgeVitest(
  first: VitestReport,
  again: VitestReport | null,
  code: number,
): Verdict {
  const seconds = new Map(again?.testResults.map((file) => [file.name, file]));
  const files = first.testResults.map((file) => seconds.get(file.name) ?? file);
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const count = (status: string) => tests.filter((test) => test.status === status).length;
  const unloaded = files.filter(({ status, assertionResults: tests }) => {
    return status !== "passed" && tests.every((test) => test.status !== "failed");
  });
  const failed = count("failed") + unloaded.length;
  const mended = first.testResults.filter(({ name, status }) => {
    return status !== "passed" && seconds.get(name)?.status === "passed";
  });
  return {
    passed: count("passed"),
    failed: Math.max(failed, code === 0 ? 0 : 1),
    secondTry: mended.flatMap(({ name, assertionResults: tests }) => {
      const file = relative(process.cwd(), name);
      const failing = tests.filter(({ status }) => status === "failed");
      return failing.length === 0 ? [file] : failing.map((test) => `${file}: ${test.fullName}`);
    }),
  };
}

/** Playwright's run, in which a test that fails is tried once more. */
export function judgePlaywright({ stats, suites }: PlaywrightReport, code: number): Verdict {
  return {
    passed: stats.expected + stats.flaky,
    failed: Math.max(stats.unexpected, code === 0 ? 0 : 1),
    secondTry: suites.flatMap(flakyOf),
  };
}

function flakyOf({ file, specs, suites = [] }: PlaywrightSuite): string[] {
  const own = specs.filter(({ tests }) => tests.some(({ status }) => status === "flaky"));
  return [...own.map(({ title }) => `${file}: ${title}`), ...suites.flatMap(flakyOf)];
}

/** What is said of them at the end of a run; nothing where there are none. */
export function tellSecondTries(tests: readonly string[]): string[] {
  if (tests.length === 0) return [];
  return [
    "\nPassed at the second try alone. Each is a race in the product or in its test: find it.",
    ...tests.map((test) => `  ${test}`),
  ];
}
