import { parseArgs } from "node:util";
import type { Bench } from "#scripts/bench/bench";
import { benches } from "#scripts/bench/benches";
import { measure, type Result } from "#scripts/bench/figure";

/**
 * `npm run bench` lists the benches; `npm run bench -- <name> [--json] [--rounds 5]` runs one.
 * Only ratios count: the machine's minutes differ, so everything runs beside what it is held to.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean", default: false }, rounds: { type: "string", default: "5" } },
});
const [name] = positionals;
const bench = name === undefined ? undefined : benches[name];

if (name !== undefined && bench === undefined) {
  console.error(`There is no bench "${name}".`);
  process.exitCode = 1;
}
if (name === undefined || bench === undefined) list();
else await run(name, bench, readRounds(values.rounds));

function list(): void {
  console.log("npm run bench -- <name> [--json] [--rounds 5]\n");
  for (const [key, { about }] of Object.entries(benches))
    console.log(`  ${key.padEnd(12)} ${about}`);
}

function readRounds(text: string): number {
  const rounds = Number(text);
  if (Number.isInteger(rounds) && rounds >= 1) return rounds;
  throw new Error(`--rounds takes a whole number from 1, not "${text}".`);
}

async function run(key: string, { open }: Bench, rounds: number): Promise<void> {
  const say = values.json ? () => {} : (line: string) => console.log(line);
  const stage = await open();
  process.once("SIGINT", () => void stage.close().finally(() => process.exit(130)));
  if (rounds < 5) say("Fewer than five rounds are a look, not a measure.\n");
  try {
    say(`${key}, ${rounds} rounds, medians\n`);
    say(row("", "value", "beside it", "ratio", "goal", ""));
    const figures: Result[] = [];
    for (const figure of stage.figures) {
      const result = await measure(figure, rounds);
      figures.push(result);
      say(printed(result));
    }
    if (values.json) console.log(JSON.stringify({ bench: key, figures }, null, 2));
    if (figures.some(({ holds }) => !holds)) process.exitCode = 1;
  } finally {
    await stage.close();
  }
}

function printed({ name, value, unit, beside, besideValue, ratio, goal, holds }: Result): string {
  const peer = beside === null ? "" : `${besideValue} ${beside}`;
  return row(name, `${value} ${unit}`, peer, ratio ?? "", goal, markOf(goal, holds));
}

function markOf(goal: string, holds: boolean): string {
  if (goal === "limit") return "";
  return holds ? "✓" : "✗";
}

function row(...cells: (string | number)[]): string {
  const widths = [34, 18, 30, 8, 8, 1];
  return `  ${cells.map((cell, index) => String(cell).padEnd(widths[index] ?? 0)).join(" ")}`;
}
