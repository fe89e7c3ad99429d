import { spawnSync } from "node:child_process";
import { rules } from "#tests/tidy/rules";
import { print, readTree } from "#tests/tidy/tree";

/**
 * `npm run check`: what holds without running anything. Biome (form and lint), TypeScript (types)
 * and tidy (the house's own rules), each with its time. Fails naming what failed.
 */
const checks: { name: string; run: () => string }[] = [
  { name: "biome", run: () => command("biome", "check", "--colors=off") },
  { name: "types", run: types },
  { name: "tidy", run: tidy },
];

const failed: string[] = [];
for (const { name, run } of checks) {
  const start = performance.now();
  const report = run();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${report ? "✗" : "✓"} ${name.padEnd(6)} ${seconds.padStart(5)} s`);
  if (report) {
    console.log(report.replace(/^/gm, "  "));
    failed.push(name);
  }
}
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.join(", ")}.`);
  process.exitCode = 1;
}

/** What the command had to say where it failed; nothing where it passed. */
function command(name: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(`node_modules/.bin/${name}`, args, {
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  return status === 0 ? "" : `${stdout}${stderr}${error?.message ?? ""}`.trim() || `exit ${status}`;
}

/** Pages are typed by their routes, which Next writes down; only then can they be checked. */
function types(): string {
  // Kept results outlive the routes they were found with, so every check is whole.
  const whole = ["--noEmit", "--incremental", "false", "--pretty", "false"];
  return command("next", "typegen") || command("tsc", ...whole);
}

function tidy(): string {
  const tree = readTree();
  const faults = rules.flatMap(({ name, check }) => check(tree).map((fault) => print(name, fault)));
  return faults.sort().join("\n");
}
