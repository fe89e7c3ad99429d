import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowser } from "#scripts/browser";
import { buildWeb } from "#scripts/build";
import { type OutsideError, outsideErrorsVariable } from "#scripts/outside-errors";
import {
  failedFilesOf,
  judgePlaywright,
  judgeVitest,
  tellSecondTries,
  type VitestRun,
} from "#scripts/second-try";
import {
  type PlaywrightReport,
  slowestOf,
  type Timed,
  timesOfPlaywright,
  timesOfVitest,
  type VitestReport,
} from "#scripts/slowest-files";
import { stepBack } from "#scripts/step-back";

/**
 * `npm test`: everything Vitest finds, and in what it leaves of the processor style, types and the
 * build; then the browser against the built app. What fails is tried once more by itself, and named
 * if it passes then. Closes with where the time went and one line, `N passed, N failed`; a step
 * that could not run counts as failed.
 */
type Count = { passed: number; failed: number };
type Step = { name: string; run: () => Promise<Count> };

const folder = mkdtempSync(join(tmpdir(), "lockstep-results-"));
const bin = (name: string) => join("node_modules", ".bin", name);

/** Lanes of a row run at once, the steps of a lane one after the other. */
const rows: Step[][][] = [
  [
    [{ name: "vitest", run: vitest }],
    // Patient ones: tests wait for clocks and databases, and these fill the gaps.
    [
      { name: "style", run: () => asOne(bin("biome"), ["check", "--error-on-warnings"]) },
      { name: "types", run: types },
      { name: "build", run: build },
    ],
  ],
  [[{ name: "browser", run: playwright }]],
];

const began = Date.now();
const total: Count = { passed: 0, failed: 0 };
const parts: string[] = [];
const times: Timed[] = [];
const secondTries: string[] = [];
for (const lanes of rows) await Promise.all(lanes.map(takeLane));
rmSync(folder, { recursive: true, force: true });
console.log(["\nThe slowest files:", ...slowestOf(times)].join("\n"));
for (const line of tellSecondTries(secondTries)) console.log(line);
console.log(`\n${secondsSince(began)} s: ${parts.join(", ")}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function takeLane(steps: readonly Step[]): Promise<void> {
  for (const step of steps) await take(step);
}

async function take({ name, run }: Step): Promise<void> {
  const began = Date.now();
  console.log(`\n── ${name}`);
  const { passed, failed } = await run().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  });
  total.passed += passed;
  total.failed += failed;
  parts.push(`${name} ${secondsSince(began)} s`);
  console.log(`── ${name}: ${passed} passed, ${failed} failed in ${secondsSince(began)} s`);
}

function secondsSince(instant: number): string {
  return ((Date.now() - instant) / 1000).toFixed(1);
}

/** A tool that answers only yes or no counts as one test, and is heard only where it says no. */
async function asOne(command: string, args: string[]): Promise<Count> {
  const { code, output } = await listenTo(command, args);
  if (code === 0) return { passed: 1, failed: 0 };
  console.error(output);
  return { passed: 0, failed: 1 };
}

/** Pages are typed by their routes, which Next writes down; only then can they be checked. */
async function types(): Promise<Count> {
  const { failed } = await asOne(bin("next"), ["typegen"]);
  if (failed) return { passed: 0, failed };
  // Kept results outlive the routes they were found with, so every check is whole.
  return asOne(bin("tsc"), ["--noEmit", "--incremental", "false"]);
}

async function build(): Promise<Count> {
  await buildWeb({ isPatient: true });
  return { passed: 1, failed: 0 };
}

async function vitest(): Promise<Count> {
  const first = await runVitest(process.argv.slice(2));
  if (!first.report) return { passed: 0, failed: 1 };
  times.push(...timesOfVitest(first.report));
  const failed = failedFilesOf(first.report);
  const again = failed.length > 0 ? await runVitest(failed) : null;
  const { code } = again ?? first;
  const { secondTry, ...count } = judgeVitest(first.report, again?.report ?? null, code);
  secondTries.push(...secondTry);
  return count;
}

async function runVitest(args: string[]): Promise<{ code: number; report: VitestRun | null }> {
  const [file, outside] = [join(folder, "vitest.json"), join(folder, "outside.json")];
  for (const path of [file, outside]) rmSync(path, { force: true });
  const reporters = ["default", "json", "./scripts/outside-errors.ts"].map((reporter) => {
    return `--reporter=${reporter}`;
  });
  const env = { ...process.env, [outsideErrorsVariable]: outside };
  const flags = ["run", ...reporters, `--outputFile.json=${file}`];
  const code = await exec(bin("vitest"), [...flags, ...args], env);
  if (![file, outside].every((path) => existsSync(path))) return { code, report: null };
  const read = (path: string) => JSON.parse(readFileSync(path, "utf8")) as unknown;
  const report = read(file) as VitestReport;
  return { code, report: { ...report, outside: read(outside) as OutsideError[] } };
}

async function playwright(): Promise<Count> {
  const file = join(folder, "playwright.json");
  const env = {
    ...process.env,
    CHROMIUM_PATH: findBrowser(console.log) ?? "",
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  };
  const config = "--config=tests/e2e/playwright.config.ts";
  const cli = ["--import", "tsx", "node_modules/@playwright/test/cli.js"];
  const args = ["test", config, "--retries=1", "--reporter=list,json"];
  const code = await exec(process.execPath, [...cli, ...args], env);
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const result = JSON.parse(readFileSync(file, "utf8")) as PlaywrightReport;
  times.push(...timesOfPlaywright(result));
  const { secondTry, ...count } = judgePlaywright(result, code);
  secondTries.push(...secondTry);
  return count;
}

function exec(command: string, args: string[], env = process.env): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: "inherit", env });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

/** Runs it in what others leave of the processor; its words come whole, not amid theirs. */
function listenTo(command: string, args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    stepBack(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        output += chunk;
      });
    }
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
