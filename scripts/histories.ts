import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

/**
 * `npm run histories -- --seed 1 --count 100 [--steps 60]`: random histories of money at the local
 * Stripe, in three currencies and of every kind of charge. After each step the books balance and
 * equal Stripe's. The same seed tells the same history again.
 */
const { values } = parseArgs({
  options: {
    seed: { type: "string", default: String(Date.now() % 100_000) },
    count: { type: "string", default: "10" },
    steps: { type: "string", default: "40" },
  },
});
const file = "tests/lib/ledger-rules/histories.test.ts";
/** The platform's book, and those of two tenants with charges of their own and without. */
const books = 3;

type Told = { status: string; title: string; duration?: number; failureMessages: string[] };
type Report = { testResults: { assertionResults: Told[] }[] };

const [seed, count, steps] = [values.seed, values.count, values.steps].map(readWhole);
const folder = mkdtempSync(join(tmpdir(), "lockstep-histories-"));
try {
  console.log(`${count} histories of ${steps} steps, from seed ${seed}…`);
  conclude(run(join(folder, "report.json")));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function readWhole(text: string): number {
  const whole = Number(text);
  if (Number.isSafeInteger(whole) && whole >= 1) return whole;
  throw new Error(`A whole number from 1 is wanted, not "${text}".`);
}

function run(outputFile: string): Told[] {
  const vitest = join("node_modules", "vitest", "vitest.mjs");
  const flags = ["run", file, "--reporter=json", `--outputFile=${outputFile}`];
  const env = {
    ...process.env,
    LEDGER_HISTORIES: String(count),
    LEDGER_STEPS: String(steps),
    LEDGER_SEED: String(seed),
  };
  const ran = spawnSync(process.execPath, [vitest, ...flags], { env, encoding: "utf8" });
  try {
    const report = JSON.parse(readFileSync(outputFile, "utf8")) as Report;
    return report.testResults.flatMap(({ assertionResults }) => assertionResults);
  } catch {
    throw new Error(`The histories did not run:\n${ran.stdout}${ran.stderr}`);
  }
}

function conclude(told: readonly Told[]): void {
  const failed = told.filter(({ status }) => status !== "passed");
  const seconds = told.reduce((sum, { duration = 0 }) => sum + duration, 0) / 1000;
  const looks = (told.length - failed.length) * (steps! + 1) * books;
  for (const { title, failureMessages } of failed) console.log(`\n${title}\n${failureMessages[0]}`);
  console.log(`\n  histories               ${told.length}`);
  console.log(`  books beside Stripe     ${looks} times`);
  console.log(`  seconds                 ${seconds.toFixed(1)}`);
  console.log(`  histories that differ   ${failed.length}`);
  if (told.length !== count || failed.length > 0) process.exitCode = 1;
}
