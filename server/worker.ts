import { randomUUID } from "node:crypto";
import { Logger, makeWorkerUtils, parseCronItems, run } from "graphile-worker";
import { openDb } from "#lib/db/client";
import { effects } from "#lib/dispatch/effects";
import { taskListOf } from "#lib/dispatch/jobs";
import { lanesOf } from "#lib/dispatch/lanes";
import { schedule } from "#lib/dispatch/schedule";
import { convergers } from "#lib/dispatch/stripe-objects";
import { env, isLiveMode } from "#lib/env";
import { invariant } from "#lib/errors";
import { createBudget } from "#lib/events/create-budget";
import { startInbox } from "#lib/events/inbox-worker";
import { recordBreakers } from "#lib/events/record-breakers";
import { newId } from "#lib/ids";
import { freeJobs } from "#lib/jobs/free-jobs";
import { logger } from "#lib/log";
import { createStripeGateway } from "#lib/stripe/gateway";
import { breakers, stripeClientFromEnv } from "#lib/stripe/stripe-client";

/**
 * The worker process: converges what the inbox holds, runs the jobs and what the clock asks for.
 * Several may run; they share the work. It ends when told to, after what is in hand.
 */
const { DATABASE_URL, DATABASE_APP_URL } = env();
invariant(DATABASE_URL, "the worker needs DATABASE_URL: the job queue belongs to the owner");

const ctx = {
  db: openDb(DATABASE_APP_URL, 12),
  now: () => new Date(),
  actor: { kind: "system", name: "worker" },
  scope: { kind: "system" },
  origin: {},
  traceId: newId("trace"),
} as const;
const { STRIPE_BACKGROUND_PER_SECOND } = env();
// Stripe takes 100 requests a second, 25 in test mode; live work has what is left of it.
const spare = STRIPE_BACKGROUND_PER_SECOND ?? (isLiveMode() ? 40 : 10);
const budget = createBudget(ctx.db, spare);
const gateway = createStripeGateway(stripeClientFromEnv(budget));
const patient = createStripeGateway(stripeClientFromEnv(budget, true), budget);
const name = `worker-${process.pid}-${randomUUID().slice(0, 8)}`;
const recording = recordBreakers(ctx, { process: name, breakers }, (error) =>
  logger.warn({ error }, "how requests to Stripe fare could not be kept"),
);

const inbox = startInbox(ctx, {
  convergers,
  effects,
  gateway,
  onError: (error, objectId) => logger.warn({ error, objectId }, "an object did not converge"),
});
// One pool for all lanes: most of their places wait for somebody's machine, not for the database.
const owner = openDb(DATABASE_URL, 16);
const lanes = await Promise.all(
  lanesOf(taskListOf(ctx, gateway, patient)).map(({ taskList, concurrency }, index) =>
    run({
      ...{ pgPool: owner.pool, taskList, concurrency },
      parsedCronItems: index === 0 ? parseCronItems(schedule) : [],
      pollInterval: 1_000,
      noHandleSignals: true,
      logger: new Logger(() => (level, message) => {
        if (level === "error" || level === "warning") logger.warn({ from: "jobs" }, message);
      }),
    }),
  ),
);
const queue = await makeWorkerUtils({ pgPool: owner.pool });
const freeing = setInterval(() => {
  freeJobs(queue).catch((error) => logger.warn({ error }, "abandoned jobs were not given back"));
}, 60_000);
// What came while nothing ran here is asked for at once, and not only on the hour.
await queue.addJob("events.backfill", {}, { jobKey: "backfill" });
console.log("Worker ready");

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);

async function stop(): Promise<void> {
  clearInterval(freeing);
  await Promise.all([inbox.stop(), recording.stop(), ...lanes.map((lane) => lane.stop())]);
  await queue.release();
  await owner.close();
  await ctx.db.close();
  process.exit(0);
}
