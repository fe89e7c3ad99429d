import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

/**
 * `npm run histories -- --seed 1 --count 100 [--steps 60]`: random histories of money at the local
 * Stripe, in three currencies and of every kind of charge. After each step the books balance and
 * equal Stripe's. The same seed tells the same history again. With `--operations 100000` the ledger
 * by itself: entries good and bad, posted again and otherwise, months closed and opened, beside a
 * model of each book.
 */
const { values } = parseArgs({
  options: {
    seed: { type: "string", default: String(Date.now() % 100_000) },
    count: { type: "string", default: "10" },
    steps: { type: "string", default: "40" },
    operations: { type: "string" },
  },
});
const files = {
  histories: "tests/lib/ledger-rules/histories.test.ts",
  operations: "tests/lib/ledger/operations.test.ts",
};
/** The platform's book, and those of two tenants with charges of their own and without. */
const books = 3;

type Told = { status: string; title: string; duration?: number; failureMessages: string[] };
type Report = { testResults: { assertionResults: Told[] }[] };

const [seed, count, steps, operations] = [
  ...[values.seed, values.count, values.steps, values.operations ?? "1"],
].map(readWhole);
const folder = mkdtempSync(join(tmpdir(), "lockstep-histories-"));
try {
  const report = join(folder, "report.json");
  if (values.operations) {
    console.log(`${operations} operations of the ledger, of seed ${seed}…`);
    concludeOperations(run(files.operations, report));
  } else {
    console.log(`${count} histories of ${steps} steps, from seed ${seed}…`);
    conclude(run(files.histories, report));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function readWhole(text: string): number {
  const whole = Number(text);
  if (Number.isSafeInteger(whole) && whole >= 1) return whole;
  throw new Error(`A whole number from 1 is wanted, not "${text}".`);
}

function run(file: string, outputFile: string): Told[] {
  const vitest = join("node_modules", "vitest", "vitest.mjs");
  const flags = ["run", file, "--reporter=json", `--outputFile=${outputFile}`];
  const env = {
    ...process.env,
    LEDGER_HISTORIES: String(count),
    LEDGER_STEPS: String(steps),
    LEDGER_SEED: String(seed),
    LEDGER_OPERATIONS: String(operations),
  };
  const ran = spawnSync(process.execPath, [vitest, ...flags], { env, encoding: "utf8" });
  try {
    const report = JSON.parse(readFileSync(outputFile, "utf8")) as Report;
    return report.testResults.flatMap(({ assertionResults }) => assertionResults);
  } catch {
    throw new Error(`The histories did not run:\n${ran.stdout}${ran.stderr}`);
  }
}

function sumUp(told: readonly Told[]): { failed: number; seconds: string } {
  const failed = told.filter(({ status }) => status !== "passed");
  for (const { title, failureMessages } of failed) console.log(`\n${title}\n${failureMessages[0]}`);
  const seconds = told.reduce((sum, { duration = 0 }) => sum + duration, 0) / 1000;
  return { failed: failed.length, seconds: seconds.toFixed(1) };
}

function concludeOperations(told: readonly Told[]): void {
  const { failed, seconds } = sumUp(told);
  console.log(`\n  operations              ${operations}`);
  console.log(`  seconds                 ${seconds}`);
  console.log(`  violations              ${failed}`);
  if (told.length !== 1 || failed > 0) process.exitCode = 1;
}

function conclude(told: readonly Told[]): void {
  const { failed, seconds } = sumUp(told);
  const looks = (told.length - failed) * (steps! + 1) * books;
  console.log(`\n  histories               ${told.length}`);
  console.log(`  books beside Stripe     ${looks} times`);
  console.log(`  seconds                 ${seconds}`);
  console.log(`  histories that differ   ${failed}`);
  if (told.length !== count || failed > 0) process.exitCode = 1;
}
