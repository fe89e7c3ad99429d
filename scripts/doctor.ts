import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { hasRealDatabase, hasRealStripe } from "#scripts/doctor/check";
import { examine, type Finding } from "#scripts/doctor/examine";
import { readSetup } from "#scripts/doctor/setup";

/**
 * `npm run doctor` says what a setup lacks and what mends it, one line per fault, and fails while
 * there is one. `--json` for machines. It changes nothing and prints no secret.
 */
const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
if (existsSync(".env")) process.loadEnvFile(".env");

const setup = readSetup(process.env);
const findings = await examine(setup);
const faults = findings.filter(({ state }) => state === "fault");
const mode = describeMode();

if (values.json) {
  console.log(JSON.stringify({ mode, holds: faults.length === 0, findings }, null, 2));
} else {
  console.log(`${mode}\n`);
  for (const finding of findings) console.log(printed(finding));
  console.log(faults.length ? `\n${faults.length} to mend.` : "\nAll is well.");
}
process.exitCode = faults.length ? 1 : 0;

function describeMode(): string {
  if (!hasRealDatabase(setup) && !hasRealStripe(setup)) return "Local mode: nothing to configure.";
  const database = hasRealDatabase(setup) ? "your PostgreSQL" : "the local PostgreSQL";
  return `With ${database} and ${hasRealStripe(setup) ? "Stripe" : "the local Stripe"}.`;
}

function printed(finding: Finding): string {
  const mark = { fine: "✓", fault: "✗", skipped: "–" }[finding.state];
  const line = `${mark} ${finding.name.padEnd(18)} ${finding.found}`;
  return finding.state === "fault" ? `${line}\n  ${" ".repeat(18)} → ${finding.mend}` : line;
}
