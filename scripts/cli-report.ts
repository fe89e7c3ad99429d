import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalStripe } from "#scripts/bench/local-stripe";
import { commandCases, fixture } from "#scripts/stripe-cli/commands";
import { cliVersion, installCli } from "#scripts/stripe-cli/install";
import { causes, outside } from "#scripts/stripe-cli/outside";
import { type Cli, hasEvent, runCli, triggersOf } from "#scripts/stripe-cli/run-cli";

/**
 * `npm run cli-report`: runs Stripe's own CLI against the local Stripe, every trigger of its list,
 * resource commands and a fixture, and writes what came of it to docs/stripe-cli.md. A trigger
 * passes when the CLI says so and its event is there. Fails if one inside the surface does not.
 */
interface Line {
  name: string;
  outcome: "passes" | "outside" | "fails";
  note: string;
}

const file = join("docs", "stripe-cli.md");
const home = mkdtempSync(join(tmpdir(), "stripe-cli-home-"));
const stripe = await startLocalStripe();
try {
  const binary = installCli(join(process.cwd(), ".data", "stripe-cli"));
  const cli: Cli = { binary, apiBase: `http://127.0.0.1:${stripe.port}`, home };
  const triggers = await inTurns(await triggersOf(cli), 3, (name) => tryTrigger(cli, name));
  const commands: Line[] = [];
  for (const each of commandCases) commands.push(await tryCommand(cli, each));
  writeFileSync(file, report(triggers, commands));
  execFileSync(join("node_modules", ".bin", "biome"), ["format", "--write", file]);
  const all = [...triggers, ...commands];
  for (const line of all)
    if (line.outcome === "fails") console.error(`✗ ${line.name}: ${line.note}`);
  console.log(summary(triggers, commands));
  process.exitCode = all.some(({ outcome }) => outcome === "fails") ? 1 : 0;
} finally {
  await stripe.close();
}

async function tryTrigger(cli: Cli, name: string): Promise<Line> {
  const world = `cli_${name.replaceAll(".", "_")}`;
  const { isDone, said } = await runCli(cli, world, ["trigger", name]);
  const why = outside[name];
  const isThere = isDone && (await hasEvent(cli.apiBase, world, causes[name] ?? name));
  if (isThere && why === undefined) return { name, outcome: "passes", note: "" };
  if (isThere) return { name, outcome: "fails", note: "passes, though it is said to be outside" };
  if (why !== undefined) return { name, outcome: "outside", note: why };
  const message = /"message":"([^"]*)"/.exec(said)?.[1] ?? said.trim().split("\n").at(-1) ?? "";
  return { name, outcome: "fails", note: isDone ? "its event never came" : message };
}

async function tryCommand(
  cli: Cli,
  { args, expects }: (typeof commandCases)[number],
): Promise<Line> {
  const name = `stripe ${args.join(" ").replace("FIXTURE", "fixture.json")}`;
  const fixtureFile = join(home, "fixture.json");
  writeFileSync(fixtureFile, JSON.stringify(fixture));
  const sent = args.map((arg) => (arg === "FIXTURE" ? fixtureFile : arg));
  const { said } = await runCli(cli, "commands", sent);
  if (expects.test(said)) return { name, outcome: "passes", note: "" };
  return { name, outcome: "fails", note: said.trim().slice(0, 200).replaceAll("\n", " ") };
}

async function inTurns<T, R>(items: T[], atOnce: number, work: (item: T) => Promise<R>) {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const place = next;
      next += 1;
      results[place] = await work(items[place]!);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

function countOf(lines: Line[], outcome: Line["outcome"]): number {
  return lines.filter((line) => line.outcome === outcome).length;
}

function summary(triggers: Line[], commands: Line[]): string {
  const inside = triggers.length - countOf(triggers, "outside");
  return (
    `${triggers.length} triggers: ${countOf(triggers, "passes")} of the ${inside} in the surface ` +
    `pass, ${countOf(triggers, "outside")} are outside. ` +
    `${countOf(commands, "passes")} of ${commands.length} commands pass.`
  );
}

function report(triggers: Line[], commands: Line[]): string {
  const marks = { passes: "✓", outside: "–", fails: "✗" };
  const rows = (lines: Line[]) =>
    lines.map(({ name, outcome, note }) => `| ${marks[outcome]} | \`${name}\` | ${note} |`);
  return [
    "# The Stripe CLI against the local Stripe",
    "",
    `Written by \`npm run cli-report\` with Stripe CLI ${cliVersion}; not to be edited by hand.`,
    "A trigger passes (✓) when the CLI says so and its event is there; what is outside the surface",
    "(–) says why.",
    "",
    summary(triggers, commands),
    "",
    ...["## Triggers", "", "| | trigger | |", "| - | - | - |", ...rows(triggers), ""],
    ...["## Commands and fixtures", "", "| | command | |", "| - | - | - |", ...rows(commands), ""],
  ].join("\n");
}
