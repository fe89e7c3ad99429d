import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowser } from "#scripts/browser";
import { buildWeb } from "#scripts/build";

/**
 * `npm test`: style and types, then everything Vitest finds, then the browser against the built
 * app. Closes with one line, `N passed, N failed`; a step that could not run counts as failed.
 */
type Count = { passed: number; failed: number };
type Step = { name: string; run: () => Promise<Count> };

const folder = mkdtempSync(join(tmpdir(), "lockstep-results-"));
const bin = (name: string) => join("node_modules", ".bin", name);

const steps: Step[] = [
  { name: "style", run: () => asOne(bin("biome"), ["check", "--error-on-warnings"]) },
  { name: "types", run: types },
  { name: "vitest", run: vitest },
  { name: "build", run: () => buildWeb().then(() => ({ passed: 1, failed: 0 })) },
  { name: "browser", run: playwright },
];

const total: Count = { passed: 0, failed: 0 };
for (const { name, run } of steps) {
  const began = Date.now();
  console.log(`\n── ${name}`);
  const { passed, failed } = await run().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  });
  total.passed += passed;
  total.failed += failed;
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`── ${name}: ${passed} passed, ${failed} failed in ${seconds} s`);
}
rmSync(folder, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** A tool that answers only yes or no counts as one test. */
async function asOne(command: string, args: string[]): Promise<Count> {
  const code = await exec(command, args);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Pages are typed by their routes, which Next writes down; only then can they be checked. */
async function types(): Promise<Count> {
  const { failed } = await asOne(bin("next"), ["typegen"]);
  if (failed) return { passed: 0, failed };
  // Kept results outlive the routes they were found with, so every check is whole.
  return asOne(bin("tsc"), ["--noEmit", "--incremental", "false"]);
}

async function vitest(): Promise<Count> {
  const file = join(folder, "vitest.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const code = await exec(bin("vitest"), ["run", ...reporters, ...process.argv.slice(2)]);
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const result = JSON.parse(readFileSync(file, "utf8")) as {
    numPassedTests: number;
    numFailedTests: number;
  };
  // A file that does not load, or an error outside a test, fails the run without failing a test.
  const failed = Math.max(result.numFailedTests, code === 0 ? 0 : 1);
  return { passed: result.numPassedTests, failed };
}

async function playwright(): Promise<Count> {
  const file = join(folder, "playwright.json");
  const env = {
    ...process.env,
    CHROMIUM_PATH: findBrowser(console.log) ?? "",
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  };
  const config = "--config=tests/e2e/playwright.config.ts";
  const args = ["--import", "tsx", "node_modules/@playwright/test/cli.js"];
  const code = await exec(process.execPath, [...args, "test", config, "--reporter=list,json"], env);
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const { stats } = JSON.parse(readFileSync(file, "utf8")) as {
    stats: { expected: number; unexpected: number; flaky: number };
  };
  const failed = Math.max(stats.unexpected + stats.flaky, code === 0 ? 0 : 1);
  return { passed: stats.expected, failed };
}

function exec(command: string, args: string[], env = process.env): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: "inherit", env });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
