import { join } from "node:path";
import { expect, test } from "vitest";
import { slowestOf, timesOfPlaywright, timesOfVitest } from "#scripts/slowest-files";

const here = (path: string) => join(process.cwd(), path);

test("of both tools, the ten files that took longest are named, the longest first", () => {
  const vitest = timesOfVitest({
    testResults: Array.from({ length: 12 }, (_, place) => ({
      ...{ name: here(`tests/lib/${place}.test.ts`), startTime: 1000 },
      ...{ endTime: 1000 + place * 100, status: "passed", assertionResults: [] },
    })),
  });
  const took = (duration: number) => {
    return { title: "one", tests: [{ status: "expected", results: [{ duration }] }] };
  };
  const file = "people.spec.ts";
  const browser = timesOfPlaywright({
    config: { rootDir: here("tests/e2e") },
    stats: { expected: 3, unexpected: 0, flaky: 0 },
    suites: [{ file, specs: [took(700)], suites: [{ file, specs: [took(800), took(21)] }] }],
  });
  const lines = slowestOf([...vitest, ...browser]);
  expect(lines).toHaveLength(10);
  expect(lines.slice(0, 2)).toEqual([
    "    1.5 s  tests/e2e/people.spec.ts",
    "    1.1 s  tests/lib/11.test.ts",
  ]);
});
