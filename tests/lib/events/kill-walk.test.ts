import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openDb } from "#lib/db/client";
import { effects } from "#lib/dispatch/effects";
import { convergers } from "#lib/dispatch/stripe-objects";
import { awaitInbox } from "#lib/events/await-inbox";
import { startInbox } from "#lib/events/inbox-worker";
import { createStripeGateway } from "#lib/stripe/gateway";
import { createStripeClient } from "#lib/stripe/stripe-client";
import { atStep, type Doom, openLifeline } from "#scripts/chaos/lifeline";
import { counted } from "#tests/lib/events/counted-effects";
import { openScene, type Scene, type Stage } from "#tests/lib/events/kill-walk-scene";

vi.setConfig({ testTimeout: 300_000 });

const leaseMs = 1_500;
const lanes = 6;

let scene: Scene;
const stages: Stage[] = [];

beforeAll(async () => {
  scene = await openScene();
  for (let lane = 0; lane < lanes; lane += 1) stages.push(await scene.openStage());
}, 60_000);
afterAll(async () => {
  await Promise.all(stages.map((stage) => stage.close()));
  await scene.close();
}, 60_000);

/** Works the inbox until death or its end. Answers with its steps and whether it got there. */
async function work(stage: Stage, doom: Doom | undefined) {
  const outside = { database: stage.appUrl, stripe: scene.stripeUrl };
  const lifeline = await openLifeline(outside, doom);
  const db = openDb(lifeline.databaseUrl, 4);
  const stripe = createStripeClient({ secretKey: scene.secretKey, apiBase: lifeline.stripeUrl });
  const means = { convergers, effects: counted(effects), gateway: createStripeGateway(stripe) };
  const worker = startInbox({ ...stage.system, db }, { ...means, leaseMs });
  const died = lifeline.death.then(() => false);
  const done = worker.idle().then(
    () => true,
    () => died,
  );
  const isAlive = await Promise.race([done, died]);
  const steps = [...lifeline.steps];
  lifeline.cut();
  const buried = worker
    .stop()
    .then(() => db.close())
    .then(() => lifeline.close());
  return { isAlive, steps, buried };
}

/** Another worker takes over once the lease has run out; then everything happened, and once. */
async function expectTakenOver(stage: Stage): Promise<void> {
  const means = { convergers, effects: counted(effects), gateway: scene.gateway };
  const next = startInbox(stage.system, { ...means, leaseMs });
  await awaitInbox(stage.system);
  await stage.expectAllOnce();
  await next.stop();
}

/** A step of a worker's, by its name and how often it was taken before. */
type Step = { name: string; count: number };

/** What one worker does from its lease to an empty inbox. */
async function stepsOf(stage: Stage): Promise<Step[]> {
  await stage.rewind();
  const { steps, buried } = await work(stage, undefined);
  await buried;
  const counts = new Map<string, number>();
  return steps.map((name) => {
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return { name, count: counts.get(name)! };
  });
}

const isAlwaysTheSame = ({ name }: Step) => /^(BEGIN|ROLLBACK|select set_config)/.test(name);
const isHeardAlone = ({ name }: Step) => /^(COMMIT|GET|listen|select pg_notify)/.test(name);

/**
 * Between a read and the step after it nothing is written, so death before the one is death before
 * the other: of reads the first of each kind that is looked for is enough.
 */
const isWorthIt = (step: Step) =>
  !isRead(step) || (step.count === 1 && everyKind.some((kind) => kind.test(step.name)));
const isRead = ({ name }: Step) =>
  /^(select|with) /i.test(name) && !/set_config|pg_notify|app\.|for update/.test(name);

/** Dies at each of so many steps, in as many lanes as there are stages. */
async function walk(steps: readonly Step[], moment: Doom["moment"]): Promise<Set<string>> {
  const left = [...steps];
  const deaths = new Set<string>();
  const graves: Promise<void>[] = [];
  const lane = async (stage: Stage): Promise<void> => {
    for (let step = left.shift(); step; step = left.shift()) {
      await stage.rewind();
      const { isAlive, buried } = await work(stage, atStep(step.name, step.count, moment));
      graves.push(buried);
      if (!isAlive) deaths.add(step.name);
      await expectTakenOver(stage);
    }
  };
  await Promise.all(stages.map(lane));
  await Promise.all(graves);
  return deaths;
}

const everyKind = [
  /insert into inbox_workers/,
  /update inbox_leases/,
  /listen inbox/,
  /select partition, account, object_id as id/,
  /with w as materialized \( select w.id/,
  /select account, id, instant from stripe_/,
  /GET \/v1\/customers/,
  /select from inbox_leases lease/,
  /select id, stripe_account_id/,
  /insert into stripe_subscriptions/,
  /insert into stripe_subscription_items/,
  /insert into subscriptions/,
  /UPDATE "public"."checkouts"/,
  /insert into facts/,
  /INSERT INTO "public"."mails"/,
  /app.enqueue/,
  /update inbox_events e set status/,
  /pg_notify\('inbox_done'/,
  /COMMIT/,
];

test("a worker killed before any of its steps leaves what the next one finishes, once", async () => {
  const steps = await stepsOf(stages[0]!);
  const deaths = await walk(
    steps.filter((step) => isWorthIt(step) && (step.count === 1 || !isAlwaysTheSame(step))),
    "unsent",
  );
  const missed = everyKind.filter((kind) => ![...deaths].some((name) => kind.test(name)));
  expect(missed).toEqual([]);
});

test("so does one that dies before it hears that its step was done", async () => {
  const steps = await stepsOf(stages[0]!);
  const deaths = await walk(steps.filter(isHeardAlone), "unanswered");
  expect([...deaths]).toContain("COMMIT");
});

test.each([
  ["asking Stripe", /^GET \/v1\/customers/, "unanswered"],
  ["writing a fact", /insert into facts/, "unsent"],
  ["writing a mail", /INSERT INTO "public"."mails"/, "unanswered"],
  ["committing", /COMMIT/, "unanswered"],
] as const)(
  "a process killed by the system while %s is no different",
  async (_at, kind, moment) => {
    const stage = stages[0]!;
    const steps = (await stepsOf(stage)).filter(({ name }) => kind.test(name));
    await stage.rewind();
    const { name, count } = steps[Math.floor(steps.length / 2)]!;
    const outside = { database: stage.appUrl, stripe: scene.stripeUrl };
    const lifeline = await openLifeline(outside, atStep(name, count, moment), { isHeld: true });
    const doomed = spawn(process.execPath, ["tests/lib/events/kill-walk-worker.ts"], {
      env: {
        ...process.env,
        ...{ DATABASE_APP_URL: lifeline.databaseUrl, STRIPE_API_BASE: lifeline.stripeUrl },
        ...{ STRIPE_SECRET_KEY: scene.secretKey, LEASE_MS: "3000" },
      },
      stdio: "inherit",
    });
    await lifeline.death;
    doomed.kill("SIGKILL");
    await once(doomed, "exit");
    await expectTakenOver(stage);
    await lifeline.close();
  },
);
