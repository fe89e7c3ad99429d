import { relative } from "node:path";
import type { OutsideError } from "#scripts/outside-errors";
import type { PlaywrightReport, PlaywrightSuite, VitestReport } from "#scripts/slowest-files";

/** What a run came to, and the tests that passed at their second try alone. */
export type Verdict = { passed: number; failed: number; secondTry: string[] };

/** What Vitest says of a run: its files, and the errors that came outside any test. */
export type VitestRun = VitestReport & { outside: OutsideError[] };

/** The files of which anything failed, that did not even load, or that left an error behind. */
export function failedFilesOf({ testResults, outside }: VitestRun): string[] {
  const failed = testResults.filter(({ status }) => status !== "passed").map(({ name }) => name);
  const left = outside.flatMap(({ file }) => file ?? []);
  return [...new Set([...failed, ...left])].map((name) => relative(process.cwd(), name));
}

/**
 * Vitest's run, with what its failed files came to when they were run once more by themselves. A
 * file counts as it ended, and an error outside a test as a test of its file that failed. One that
 * came from no file cannot be tried again, so it has failed. `code` is the exit code of the last
 * run: whatever else fails a run has failed too.
 */
export function judgeVitest(first: VitestRun, again: VitestRun | null, code: number): Verdict {
  const seconds = new Map(again?.testResults.map((file) => [file.name, file]));
  const files = first.testResults.map((file) => seconds.get(file.name) ?? file);
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const count = (status: string) => tests.filter((test) => test.status === status).length;
  const unloaded = files.filter(({ status, assertionResults: tests }) => {
    return status !== "passed" && tests.every((test) => test.status !== "failed");
  });
  const isSettled = ({ file }: OutsideError) => file !== null && seconds.has(file);
  const outside = [
    ...first.outside.filter((error) => !isSettled(error)),
    ...(again?.outside ?? []),
  ];
  const failed = count("failed") + unloaded.length + outside.length;
  return {
    passed: count("passed"),
    failed: Math.max(failed, code === 0 ? 0 : 1),
    secondTry: again ? mendedOf(first, again) : [],
  };
}

/** What failed in the first run, of the files in which nothing did in the second. */
function mendedOf(first: VitestRun, again: VitestRun): string[] {
  const broken = new Set(failedFilesOf(again));
  const whole = again.testResults
    .map(({ name }) => name)
    .filter((name) => !broken.has(relative(process.cwd(), name)));
  return whole.flatMap((name) => {
    const file = relative(process.cwd(), name);
    const tests = first.testResults.find((result) => result.name === name)?.assertionResults ?? [];
    const failing = tests.filter(({ status }) => status === "failed");
    const outside = first.outside.filter((error) => error.file === name);
    const words = [
      ...failing.map(({ fullName }) => `${file}: ${fullName}`),
      ...outside.map(({ message }) => `${file}: outside a test: ${message}`),
    ];
    return words.length === 0 ? [file] : words;
  });
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
