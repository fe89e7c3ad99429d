import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { outsideErrorsVariable } from "#scripts/outside-errors";
import { failedFilesOf, judgePlaywright, judgeVitest, tellSecondTries } from "#scripts/second-try";

type Ran = [name: string, ...tests: string[]];

/** A report in which a test fails by being called so; a file without tests did not load. */
const vitest = (...files: Ran[]) => ({
  testResults: files.map(([name, ...tests]) => ({
    ...{ name: join(process.cwd(), name), startTime: 0, endTime: 1 },
    status: tests.length === 0 || tests.includes("failed") ? "failed" : "passed",
    assertionResults: tests.map((status, place) => ({ status, fullName: `test ${place + 1}` })),
  })),
  outside: [],
});

const leftBy = (name: string | null) => ({
  ...{ file: name && join(process.cwd(), name), message: "nobody waited" },
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

test("an error outside a test is its file's: tried once more, and named if it stays away", () => {
  const whole = vitest(["a.test.ts", "passed"], ["b.test.ts", "passed"]);
  const first = { ...whole, outside: [leftBy("b.test.ts")] };
  expect(failedFilesOf(first)).toEqual(["b.test.ts"]);
  const again = vitest(["b.test.ts", "passed"]);
  expect(judgeVitest(first, again, 0)).toEqual({
    ...{ passed: 2, failed: 0, secondTry: ["b.test.ts: outside a test: nobody waited"] },
  });
  const twice = { ...again, outside: [leftBy("b.test.ts")] };
  expect(judgeVitest(first, twice, 1)).toEqual({ passed: 2, failed: 1, secondTry: [] });
});

test("an error that came from no file has failed, whatever passes the second time", () => {
  const whole = vitest(["a.test.ts", "passed", "failed"]);
  const first = { ...whole, outside: [leftBy(null)] };
  expect(failedFilesOf(first)).toEqual(["a.test.ts"]);
  expect(judgeVitest(first, vitest(["a.test.ts", "passed", "passed"]), 0)).toEqual({
    ...{ passed: 2, failed: 1, secondTry: ["a.test.ts: test 2"] },
  });
  expect(judgeVitest({ ...vitest(), outside: [leftBy(null)] }, null, 1).failed).toBe(1);
});

test("Vitest's own run writes down which file a rejection came from that no test waited for", () => {
  const folder = mkdtempSync(join(tmpdir(), "lockstep-outside-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write("good.test.js", `test("holds", () => {});`);
  write(
    "late.test.js",
    `test("holds", () => {
       Promise.reject(new Error("nobody waited\\nfor this"));
       return new Promise((done) => setImmediate(done));
     });`,
  );
  write("vitest.config.js", "export default { test: { globals: true } };");
  const outside = join(folder, "outside.json");
  const cli = join(process.cwd(), "node_modules/vitest/vitest.mjs");
  const reporter = join(process.cwd(), "scripts/outside-errors.ts");
  const env = { ...process.env, [outsideErrorsVariable]: outside };
  const args = [cli, "run", "--root", folder, `--reporter=${reporter}`];
  const { status } = spawnSync(process.execPath, args, { cwd: folder, env });
  expect(status).toBe(1);
  expect(JSON.parse(readFileSync(outside, "utf8"))).toEqual([
    { file: join(folder, "late.test.js"), message: "nobody waited" },
  ]);
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
