import { fork } from "node:child_process";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { startLocalStripe } from "#scripts/bench/local-stripe";
import { openStage } from "#scripts/bench/stage";
import { loseUnderLoad } from "#scripts/chaos/control";
import { hardStop } from "#scripts/chaos/hard-stop";
import { type Outcome, runChaos, sumUp } from "#scripts/chaos/run";

/**
 * `npm run chaos [-- --seed N --schedules N --first N --batch N --lanes N]` lets everything fail
 * at once, over and over, and looks whether anything was lost, doubled or left different. The seed
 * repeats what happens at Stripe and what is done to whom; which of two things at once comes first
 * is the machine's. `--control` shows that the run can fail: acknowledged events are lost where
 * PostgreSQL may acknowledge what it has not written.
 */
const { values } = parseArgs({
  options: {
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
    schedules: { type: "string", default: "1000" },
    first: { type: "string", default: "0" },
    batch: { type: "string", default: "500" },
    lanes: { type: "string", default: "2" },
    control: { type: "boolean", default: false },
  },
});

const [seed, schedules, first, batchSize, lanes] = [
  ...[values.seed, values.schedules, values.first, values.batch, values.lanes].map(whole),
] as [number, number, number, number, number];

if (values.control) await control();
else if (process.send) process.send(await walkLane());
else await walk();

/** Every lane is a process of its own, and walks its part of the schedules. */
async function walk(): Promise<void> {
  console.log(`chaos: ${schedules} schedules, seed ${seed}\n`);
  const share = Math.ceil(schedules / lanes);
  const parts = Array.from({ length: Math.ceil(schedules / share) }, (_, lane) => ({
    ...{ first: first + lane * share, schedules: Math.min(share, schedules - lane * share) },
  }));
  const outcomes = await Promise.all(
    parts.map(async (part) => {
      const how = { seed, batch: Math.min(batchSize, share), ...part };
      const args = Object.entries(how).flatMap(([name, value]) => [`--${name}`, String(value)]);
      const lane = fork(import.meta.filename, args);
      const outcome = once(lane, "message") as Promise<[Outcome]>;
      const end = once(lane, "exit").then(() => [undefined]);
      return (await Promise.race([outcome, end]))[0];
    }),
  );
  const ended = outcomes.filter((outcome) => outcome !== undefined);
  report(sumUp(ended), seed);
  if (ended.length === outcomes.length) return;
  console.log("\n  A lane did not get to its end.");
  process.exitCode = 1;
}

async function walkLane(): Promise<Outcome> {
  const stripe = await startLocalStripe();
  const stage = await openStage();
  try {
    return await runChaos({
      ...{ seed, schedules, first, batchSize, database: stage, say: console.log },
      stripeUrl: `http://127.0.0.1:${stripe.port}`,
      stopDatabase: async () => (await hardStop(stage.superUrl))(),
    });
  } catch (error) {
    console.error(error);
    throw error;
  } finally {
    await stage.close();
    await stripe.close();
  }
}

function report(outcome: Outcome, seed: number): void {
  const count = (...kinds: string[]) =>
    outcome.faults.filter(({ kind }) => kinds.includes(kind)).length;
  const rows: [string, number | string][] = [
    ["schedules", outcome.schedules],
    ["seconds", outcome.seconds.toFixed(0)],
    ["events acknowledged", outcome.acknowledged],
    ["deliveries sent", outcome.sent],
    ["deliveries not taken, and sent again", outcome.refused],
    ["events never delivered", outcome.missing],
    ["events found by backfill", outcome.found],
    ["workers killed", outcome.deaths],
    ["hard stops of PostgreSQL", outcome.stops],
    ["objects compared with Stripe's", outcome.objects],
    ["convergences of them", outcome.convergences],
    ["facts", outcome.facts],
    ["forged, stale and garbled bodies", outcome.bad],
    ["of them believed", outcome.believed],
    ["events lost", count("lost")],
    ["effects doubled", count("doubled")],
    ["facts missing or false", count("missing fact", "false fact")],
    ["mirrors that differ", count("differs")],
    ["events left waiting or dead", count("stuck")],
    ["stories Stripe did not let end", outcome.untold.length],
  ];
  console.log();
  for (const [name, value] of rows) console.log(`  ${name.padEnd(38)}${value}`);
  for (const { kind, about, words, schedule } of outcome.faults.slice(0, 20)) {
    console.log(`\n  ${kind}: ${about} of schedule ${schedule ?? "?"}\n    ${words}`);
  }
  for (const words of outcome.untold.slice(0, 5)) console.log(`\n  untold: ${words}`);
  console.log(`\n  seed ${seed}`);
  const isBad = outcome.faults.length + outcome.believed + outcome.untold.length > 0;
  if (!isBad) return;
  process.exitCode = 1;
  const schedule = outcome.faults.find((fault) => fault.schedule !== undefined)?.schedule;
  if (schedule === undefined) return;
  console.log(`  alone: npm run chaos -- --seed ${seed} --first ${schedule} --schedules 1`);
}

async function control(): Promise<void> {
  for (const isDurable of [true, false]) {
    const stage = await openStage();
    try {
      const { acknowledged, lost, stops } = await loseUnderLoad(stage, { isDurable, stops: 5 });
      const how = `synchronous_commit ${isDurable ? "on " : "off"}`;
      console.log(`  ${how}  ${stops} stops  ${acknowledged} acknowledged  ${lost} lost`);
      if (isDurable ? lost > 0 : lost === 0) process.exitCode = 1;
    } finally {
      await stage.close();
    }
  }
}

function whole(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`"${text}" is no whole number.`);
}
