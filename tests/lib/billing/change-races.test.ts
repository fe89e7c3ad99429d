import { Client } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { confirmedChange } from "#lib/billing/change-input";
import { requestChange } from "#lib/billing/request-change";
import { resumeChanges } from "#lib/billing/resume-changes";
import { settleChange } from "#lib/billing/settle-change";
import { view } from "#lib/db/transaction";
import type { Inbox } from "#lib/events/inbox-worker";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { TenantContext } from "#lib/tenancy/context";
import { idsOf, subscribe } from "#tests/lib/billing/subscribed";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";

vi.setConfig({ testTimeout: 90_000 });

let world: World;
let inbox: Inbox;
/** The database as its owner, who may look at the queue. */
let owners: Client;

beforeAll(async () => {
  world = await openWorld();
  owners = new Client({ connectionString: world.database.ownerUrl });
  await owners.connect();
  await publishPlans(world);
  inbox = world.startWorker();
}, 60_000);
afterAll(async () => {
  await owners.end();
  await world.close();
});

const starter = { plan: "starter", interval: "month", currency: "usd", seats: 1 } as const;
const change = (input: object) => confirmedChange.parse(input);
const upgrade = { kind: "plan", plan: "pro", interval: "month", seats: 2 };
const rows = (owner: TenantContext) =>
  view(owner, (tx) => tx.subscriptionChange.findMany({ orderBy: { createdAt: "asc" } }));

async function invoicesOf(owner: TenantContext) {
  const { subscriptionId: subscription } = await idsOf(owner);
  const { data } = await world.stripe.invoices.list({ subscription, limit: 100 });
  return data.filter(({ billing_reason: reason }) => reason === "subscription_update");
}

/** Numbers that repeat for a seed, so that a failure can be seen again. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

test("two at once, in fifty orders: one is made, the other is told, and nothing is doubled", async () => {
  const owner = await subscribe(world, inbox, { ...starter, plan: "pro", seats: 2 });
  const { subscriptionId } = await idsOf(owner);
  const draw = draws(20_261_121);
  let seats = 2;
  for (let round = 0; round < 50; round += 1) {
    const wanted = [seats + 1, seats + 2];
    const outcomes = await Promise.allSettled(
      wanted.map(async (count) => {
        await new Promise((resolve) => setTimeout(resolve, draw() * 12));
        return requestChange(owner, change({ ...upgrade, seats: count }), world.gateway);
      }),
    );
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "conflict" });
    }
    const made = (await rows(owner)).filter(({ status }) => status === "applied");
    const { items } = await world.stripe.subscriptions.retrieve(subscriptionId);
    const now = items.data.find(({ quantity }) => (quantity ?? 1) > 1)?.quantity ?? 0;
    const settled = outcomes.filter(({ status }) => status === "fulfilled").length;
    expect([settled >= 1, wanted.includes(now)]).toEqual([true, true]);
    expect(made.length).toBeGreaterThan(round);
    const planned = (await rows(owner)).filter(({ status }) => status === "scheduled");
    if (planned.length > 0) await release(planned[0]!.scheduleId!, planned[0]!.id);
    seats = now;
  }
  const billed = (await rows(owner)).filter(({ status, invoiceId }) => {
    return status === "applied" && invoiceId !== null;
  });
  const invoices = await invoicesOf(owner);
  expect(new Set(billed.map(({ invoiceId }) => invoiceId)).size).toBe(billed.length);
  expect(invoices).toHaveLength(billed.length);
});

/** The later of two was smaller and waits for the period's end; it is let go. */
async function release(scheduleId: string, changeId: string): Promise<void> {
  await world.stripe.subscriptionSchedules.release(scheduleId);
  await settleChange(world.system, { changeId }, world.gateway);
}

test("a double click is one change and one invoice", async () => {
  const owner = await subscribe(world, inbox, starter);
  const clicks = await Promise.allSettled(
    Array.from({ length: 5 }, () => requestChange(owner, change(upgrade), world.gateway)),
  );
  const made = clicks.flatMap((click) => (click.status === "fulfilled" ? [click.value.id] : []));
  expect(new Set(made).size).toBe(1);
  expect(await invoicesOf(owner)).toHaveLength(1);
});

test("what was read before another change was made is not changed again", async () => {
  const owner = await subscribe(world, inbox, starter);
  const first = Promise.withResolvers<void>();
  const hasRead = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slow = (place: number): StripeGateway => ({
    ...world.gateway,
    readSubscription: async (id) => {
      const live = await world.gateway.readSubscription(id);
      hasRead[place]!.resolve();
      await first.promise;
      return live;
    },
  });
  const again = requestChange(owner, change(upgrade), slow(0));
  const other = requestChange(owner, change({ ...upgrade, seats: 5 }), slow(1));
  const refused = expect(other).rejects.toMatchObject({ code: "conflict" });
  await Promise.all(hasRead.map(({ promise }) => promise));
  const { id } = await requestChange(owner, change(upgrade), world.gateway);
  await world.settle(inbox);
  first.resolve();
  expect((await again).id).toBe(id);
  await refused;
  expect(await rows(owner)).toHaveLength(1);
  expect(await invoicesOf(owner)).toHaveLength(1);
});

/** The gateway with one call that breaks: before Stripe hears it, or after Stripe has done it. */
function breaking(when: "before" | "after"): StripeGateway {
  const changeItems: StripeGateway["changeItems"] = async (asked) => {
    if (when === "after") await world.gateway.changeItems(asked);
    throw new Error("killed");
  };
  return { ...world.gateway, changeItems };
}

test.each(["before", "after"] as const)(
  "killed %s Stripe has made it, a change is picked up and billed once",
  async (when) => {
    const owner = await subscribe(world, inbox, starter);
    const cut = requestChange(owner, change(upgrade), breaking(when));
    await expect(cut).rejects.toThrow("killed");
    const [left] = await rows(owner);
    expect(left?.status).toBe("requested");

    const later = { ...world.system, now: () => new Date(Date.now() + 600_000) };
    await resumeChanges(later);
    const { rows: jobs } = await owners.query("select key from graphile_worker.jobs");
    expect(jobs.map(({ key }) => key)).toContain(`change:${left!.id}`);
    const settled = await settleChange(world.system, { changeId: left!.id }, world.gateway);
    expect(settled.status).toBe("applied");
    expect(await invoicesOf(owner)).toHaveLength(1);
  },
);

test.each([
  ["500", "an answer that is its own failure"],
  ["timeout", "no answer after it was done"],
] as const)("%s, %s: in the end the change is made once or not at all", async (kind, _what) => {
  const owner = await subscribe(world, inbox, starter);
  await world.act("faults", { route: "POST /v1/subscriptions/:id", kind, count: 3 });
  const asked = await requestChange(owner, change(upgrade), world.gateway);
  await world.act("faults", { route: "POST /v1/subscriptions/:id", kind: "off" });
  const settled = await settleChange(world.system, { changeId: asked.id }, world.gateway);
  const { subscriptionId } = await idsOf(owner);
  const { items } = await world.stripe.subscriptions.retrieve(subscriptionId);
  const isPro = items.data.some(({ quantity }) => quantity === 2);
  expect([settled.status, isPro]).toEqual(isPro ? ["applied", true] : ["failed", false]);
  expect(await invoicesOf(owner)).toHaveLength(isPro ? 1 : 0);
});
