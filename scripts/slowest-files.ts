import { relative } from "node:path";

/** A test file and how long its tests took together. */
export type Timed = { file: string; ms: number };

/** What Vitest's JSON says of each file. */
export type VitestReport = {
  testResults: {
    name: string;
    status: string;
    startTime: number;
    endTime: number;
    assertionResults: { fullName: string; status: string }[];
  }[];
};

/** A file, or a group of tests in it. */
export type PlaywrightSuite = {
  file: string;
  specs: { title: string; tests: { status: string; results: { duration: number }[] }[] }[];
  suites?: PlaywrightSuite[];
};

/** What Playwright's JSON says of each file; one is a suite, with suites in it. */
export type PlaywrightReport = {
  config: { rootDir: string };
  stats: { expected: number; unexpected: number; flaky: number };
  suites: PlaywrightSuite[];
};

/** How long each file took, as Vitest tells it. */
export function timesOfVitest({ testResults }: VitestReport): Timed[] {
  return testResults.map(({ name, startTime, endTime }) => ({
    file: relative(process.cwd(), name),
    ms: endTime - startTime,
  }));
}

/** How long each file took, as Playwright tells it: every try of every test. */
export function timesOfPlaywright({ config, suites }: PlaywrightReport): Timed[] {
  const folder = relative(process.cwd(), config.rootDir);
  return suites.map((suite) => ({ file: `${folder}/${suite.file}`, ms: durationOf(suite) }));
}

function durationOf({ specs, suites = [] }: PlaywrightSuite): number {
  const own = specs.flatMap(({ tests }) => tests.flatMap(({ results }) => results));
  const below = suites.reduce((sum, suite) => sum + durationOf(suite), 0);
  return own.reduce((sum, { duration }) => sum + duration, below);
}

/** The ten files that took longest, a line each. */
export function slowestOf(times: readonly Timed[]): string[] {
  return [...times]
    .sort((one, other) => other.ms - one.ms)
    .slice(0, 10)
    .map(({ file, ms }) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${file}`);
}
