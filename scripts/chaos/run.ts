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
  /** A database for each lane; a lane may stop its own hard. */
  lanes: (Addresses & { stopDatabase?: () => Promise<void> })[];
  say?: (line: string) => void;
};
export type Outcome = Batch & { schedules: number; seconds: number };

/** Runs schedules in batches, in as many lanes as there are databases, and sums up what came. */
export async function runChaos(plan: Plan): Promise<Outcome> {
  const began = performance.now();
  setDoorEnvironment(plan);
  const { seed, first = 0, schedules, batchSize, say = () => {} } = plan;
  const orders = Array.from({ length: Math.ceil(schedules / batchSize) }, (_, place) => ({
    ...{ seed, first: first + place * batchSize },
    count: Math.min(batchSize, schedules - place * batchSize),
  }));
  const batches: Batch[] = [];
  const work = async ({ stopDatabase, ...addresses }: Plan["lanes"][number]): Promise<void> => {
    const lane = await openLane(addresses);
    for (let order = orders.shift(); order; order = orders.shift()) {
      const batch = await runBatch(lane, plan.stripeUrl, { ...order, stopDatabase });
      batches.push(batch);
      const seconds = ((performance.now() - began) / 1000).toFixed(0);
      const line = `${batch.objects} objects, ${batch.sent} deliveries, ${batch.deaths} deaths`;
      say(`  from ${order.first}: ${line}, ${batch.faults.length} faults (${seconds} s)`);
    }
    await lane.close();
  };
  await Promise.all(plan.lanes.map(work));
  return { ...batches.reduce(plus), schedules, seconds: (performance.now() - began) / 1000 };
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
  ...(["deaths", "stops", "objects", "facts"] as const),
];

/** The front door reads what it believes from its process's environment. */
function setDoorEnvironment({ lanes, stripeUrl }: Plan): void {
  Object.assign(process.env, {
    LOCKSTEP_URL: "http://127.0.0.1:3000",
    LOCKSTEP_SECRET: "0123456789abcdef0123456789abcdef",
    LOG_LEVEL: "error",
    DATABASE_APP_URL: lanes[0]!.appUrl,
    STRIPE_SECRET_KEY: "sk_test_chaos",
    STRIPE_PUBLISHABLE_KEY: "pk_test_chaos",
    STRIPE_WEBHOOK_SECRET_ACCOUNT: doorSecrets.account,
    STRIPE_WEBHOOK_SECRET_CONNECT: doorSecrets.connect,
    STRIPE_API_BASE: stripeUrl,
  });
}
