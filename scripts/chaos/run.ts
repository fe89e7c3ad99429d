import { logger } from "#lib/log";
import { type Batch, runBatch } from "#scripts/chaos/batch";
import { doorSecrets } from "#scripts/chaos/doors";
import { type Addresses, openLane } from "#scripts/chaos/lane";

export type Plan = {
  seed: number;
  /** The number of the first schedule: a run of one repeats that one's changes. */
  first?: number;
  schedules: number;
  batchSize: number;
  stripeUrl: string;
  database: Addresses;
  /** Stops the database hard and starts it again. */
  stopDatabase?: () => Promise<void>;
  say?: (line: string) => void;
};
export type Outcome = Batch & { schedules: number; seconds: number };

/** Runs schedules in batches, one after the other, and sums up what came. */
export async function runChaos(plan: Plan): Promise<Outcome> {
  const began = performance.now();
  const secondsSoFar = () => (performance.now() - began) / 1000;
  setDoorEnvironment(plan);
  logger.level = "silent"; // What is refused on purpose is no news.
  const { seed, first = 0, schedules, batchSize, stripeUrl, stopDatabase, say = () => {} } = plan;
  const lane = await openLane(plan.database);
  let sum = nothing;
  for (let done = 0; done < schedules; done += batchSize) {
    const count = Math.min(batchSize, schedules - done);
    const order = { seed, first: first + done, count, stopDatabase };
    const batch = await runBatch(lane, stripeUrl, order);
    sum = plus(sum, batch);
    const line = `${batch.objects} objects, ${batch.sent} deliveries, ${batch.deaths} deaths`;
    const faults = `${batch.faults.length} faults (${secondsSoFar().toFixed(0)} s)`;
    say(`  ${order.first} to ${order.first + count - 1}: ${line}, ${faults}`);
  }
  await lane.close();
  return { ...sum, schedules, seconds: secondsSoFar() };
}

/** What several runs side by side came to together. */
export function sumUp(outcomes: readonly Outcome[]): Outcome {
  const schedules = outcomes.reduce((sum, outcome) => sum + outcome.schedules, 0);
  const seconds = Math.max(...outcomes.map((outcome) => outcome.seconds));
  return { ...outcomes.reduce<Batch>(plus, nothing), schedules, seconds };
}

function plus(one: Batch, other: Batch): Batch {
  const sum = { ...one };
  for (const name of numbers) sum[name] += other[name];
  return {
    ...sum,
    faults: [...one.faults, ...other.faults],
    untold: [...one.untold, ...other.untold],
  };
}

const numbers = [
  ...(["sent", "acknowledged", "refused", "missing", "bad", "believed", "found"] as const),
  ...(["deaths", "stops", "objects", "convergences", "facts"] as const),
];

const nothing: Batch = {
  ...{ sent: 0, acknowledged: 0, refused: 0, missing: 0, bad: 0, believed: 0, found: 0 },
  ...{ deaths: 0, stops: 0, objects: 0, convergences: 0, facts: 0, faults: [], untold: [] },
};

/** The front door reads what it believes from its process's environment. */
function setDoorEnvironment({ database, stripeUrl }: Plan): void {
  Object.assign(process.env, {
    LOCKSTEP_URL: "http://127.0.0.1:3000",
    LOCKSTEP_SECRET: "0123456789abcdef0123456789abcdef",
    DATABASE_APP_URL: database.appUrl,
    STRIPE_SECRET_KEY: "sk_test_chaos",
    STRIPE_PUBLISHABLE_KEY: "pk_test_chaos",
    STRIPE_WEBHOOK_SECRET_ACCOUNT: doorSecrets.account,
    STRIPE_WEBHOOK_SECRET_CONNECT: doorSecrets.connect,
    STRIPE_API_BASE: stripeUrl,
  });
}
