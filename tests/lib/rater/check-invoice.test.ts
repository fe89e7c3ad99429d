import { Client } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startCheckout } from "#lib/billing/start-checkout";
import { transact, view } from "#lib/db/transaction";
import type { Inbox } from "#lib/events/inbox-worker";
import { sweepChecks } from "#lib/rater/ask-for-check";
import { checkInvoice } from "#lib/rater/check-invoice";
import type { LineCheck } from "#lib/rater/judge-invoice";
import { getCheck, listChecks } from "#lib/rater/list-checks";
import { ratePreview } from "#lib/rater/rate-preview";
import { repeatCheck, settleCheck } from "#lib/rater/settle-check";
import type { BilledInvoice } from "#lib/stripe/billed-invoice";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";
import { newAdmin, newOwner } from "#tests/support/people";

vi.setConfig({ testTimeout: 60_000 });

let world: World;
let inbox: Inbox;
let owner: TenantContext;
let admin: PlatformContext;
let subscriptionId: string;

beforeAll(async () => {
  world = await openWorld();
  await publishPlans(world);
  inbox = world.startWorker();
  admin = await newAdmin(world.system);
  owner = (await newOwner(world.system)).owner;
  const choice = { plan: "pro", interval: "month", currency: "usd", seats: 4 } as const;
  const { checkoutId } = await startCheckout(owner, choice, world.gateway);
  const row = await view(owner, (tx) =>
    tx.checkout.findUniqueOrThrow({ where: { id: checkoutId } }),
  );
  await world.act(`checkout/${row.stripeSessionId}/complete`);
  await world.settle(inbox);
  const subscription = await view(owner, (tx) => tx.subscription.findFirstOrThrow());
  subscriptionId = subscription.id;
}, 60_000);
afterAll(() => world.close());

/** The tenant's invoices, the oldest first. */
async function invoiceIds(): Promise<string[]> {
  const rows = await view(owner, (tx) =>
    tx.invoice.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] }),
  );
  return rows.map(({ id }) => id);
}

const queued = async (): Promise<string[]> => {
  const client = new Client({ connectionString: world.database.superUrl });
  await client.connect();
  const { rows } = await client.query<{ key: string }>(
    "select key from graphile_worker.jobs where key like 'rater.check-invoice:%' order by 1",
  );
  await client.end();
  return rows.map(({ key }) => key.split(":")[1]!);
};

/** Stripe as it would be if it had billed something else. */
function billing(change: (invoice: BilledInvoice) => void): StripeGateway {
  return {
    ...world.gateway,
    findBilledInvoice: async (id) => {
      const invoice = await world.gateway.findBilledInvoice(id);
      if (invoice) change(invoice);
      return invoice;
    },
  };
}

test("a paid invoice is asked to be worked out, and is equal, however often that is done", async () => {
  const [first] = await invoiceIds();
  expect(await queued()).toEqual([first]);
  for (let time = 0; time < 2; time += 1) {
    expect(await checkInvoice(world.system, { invoiceId: first! }, world.gateway)).toMatchObject({
      verdict: "equal",
      expectedMinor: 9700n,
    });
  }
  const { rows, counts } = await listChecks(admin);
  expect(counts).toEqual({ equal: 1, different: 0, unexplained: 0, open: 0 });
  expect(rows).toMatchObject([{ invoiceId: first, tenantId: owner.tenantId, verdict: "equal" }]);
  expect((await getCheck(admin, first!)).lines).toMatchObject([
    { kind: "period", billed: "4900", expected: "4900", steps: [{ says: "1 × $49.00" }] },
    { kind: "period", billed: "4800", expected: "4800", steps: [{ says: "4 × $12.00" }] },
  ]);
});

test("seats bought midway are worked out from what was billed before", async () => {
  await world.act("clock", { advance_seconds: 11 * 86_400 + 4321 });
  const { items } = await world.stripe.subscriptions.retrieve(subscriptionId);
  const seats = items.data.find(({ quantity }) => quantity === 4)!;
  await world.stripe.subscriptions.update(subscriptionId, {
    items: [{ id: seats.id, quantity: 9 }],
    proration_behavior: "always_invoice",
  });
  await world.settle(inbox);
  const [, second] = await invoiceIds();
  await checkInvoice(world.system, { invoiceId: second! }, world.gateway);
  const { verdict, lines, sums } = await getCheck(admin, second!);
  expect(verdict).toBe("equal");
  expect(lines.map(({ kind, verdict: word }) => [kind, word])).toEqual([
    ["unused", "equal"],
    ["remaining", "equal"],
  ]);
  expect(lines[0]?.steps.map(({ says }) => says.split(",")[0])).toEqual([
    "Charged for the whole period",
    expect.stringMatching(/^\d/),
    "Given back",
  ]);
  expect(sums.map(({ name }) => name)).toEqual(["Subtotal", "Discounts", "Tax", "Total", "Due"]);
});

test("a preview of a change is worked out too, and both agree before anything is done", async () => {
  const { items } = await world.stripe.subscriptions.retrieve(subscriptionId);
  const seats = items.data.find(({ quantity }) => quantity === 9)!;
  const preview = await world.gateway.previewInvoice({
    ...{ kind: "items_now", subscriptionId, items: [{ itemId: seats.id, quantity: 13 }] },
    prorationAt: new Date((seats.current_period_start + 20 * 86_400 + 77) * 1000),
  });
  const judged = await ratePreview(owner, preview!.billed, world.gateway);
  expect(judged).toMatchObject({ verdict: "equal", expectedMinor: preview!.totalMinor });
  expect(judged?.lines.map(({ kind }) => kind)).toEqual(["unused", "remaining"]);

  const dearer = structuredClone(preview!.billed);
  dearer.lines[1]!.amountMinor += 1n;
  expect(await ratePreview(owner, dearer, world.gateway)).toMatchObject({ verdict: "different" });
});

test("a cent too much is a difference, which is settled until its figures change", async () => {
  const [first] = await invoiceIds();
  const invoiceId = first!;
  const oneMore = billing((invoice) => {
    invoice.lines[1]!.amountMinor += 1n;
    invoice.totalMinor += 1n;
  });
  const judged = await checkInvoice(world.system, { invoiceId }, oneMore);
  expect(judged).toMatchObject({ verdict: "different", expectedMinor: 9700n });
  const wrong = judged!.lines.filter(({ verdict }) => verdict === "different");
  expect(wrong).toMatchObject([{ billed: "4801", expected: "4800" }]);
  expect(judged!.sums.find(({ verdict }) => verdict === "different")).toMatchObject({
    ...{ name: "Total", billed: "9701", expected: "9700" },
  });
  expect((await listChecks(admin, { state: "open" })).rows).toMatchObject([{ invoiceId }]);

  const reader = await newAdmin(world.system, "read_only");
  await expect(settleCheck(reader, { invoiceId, note: "It is fine." })).rejects.toMatchObject({
    code: "forbidden",
  });
  await settleCheck(admin, { invoiceId, note: "Stripe gave the cent back." });
  await checkInvoice(world.system, { invoiceId }, oneMore);
  expect(await getCheck(admin, invoiceId)).toMatchObject({
    ...{ note: "Stripe gave the cent back.", settledBy: expect.any(String) },
  });
  expect((await listChecks(admin)).counts.open).toBe(0);
  await expect(settleCheck(admin, { invoiceId, note: "Again." })).rejects.toMatchObject({
    code: "conflict",
  });

  const twoMore = billing((invoice) => {
    invoice.totalMinor += 2n;
  });
  await checkInvoice(world.system, { invoiceId }, twoMore);
  expect((await listChecks(admin)).counts.open).toBe(1);
  await repeatCheck(admin, { invoiceId }, world.gateway);
  expect(await getCheck(admin, invoiceId)).toMatchObject({ verdict: "equal", settledAt: null });
});

test("a price that is none of ours is not guessed at, an item by hand is taken as it is", async () => {
  const [first] = await invoiceIds();
  const strange = billing((invoice) => {
    invoice.lines[0]!.priceId = "price_of_nobody";
    invoice.lines[1]!.itemId = null;
  });
  const judged = await checkInvoice(world.system, { invoiceId: first! }, strange);
  expect(judged).toMatchObject({ verdict: "unexplained", expectedMinor: null });
  expect(judged?.lines.map(({ verdict, kind }: LineCheck) => [verdict, kind])).toEqual([
    ["unexplained", "period"],
    ["given", "item"],
  ]);
  await checkInvoice(world.system, { invoiceId: first! }, world.gateway);
});

test("an item that a rule of ours made is what that rule said, to the cent", async () => {
  const [first] = await invoiceIds();
  const invoiceId = first!;
  const at = new Date();
  await transact(world.system, "test.correct", (tx) =>
    tx.usageAdjustment.create({
      data: {
        ...{ id: "uad_test", tenantId: owner.tenantId, meterKey: "api_calls", why: "minimum" },
        ...{ componentKey: "api_calls", invoiceId, amountMinor: 4800n, currency: "usd" },
        ...{ billed: 0, counted: 0, periodStartAt: at, periodEndAt: at, createdAt: at },
        stripeItemId: "ii_minimum",
      },
    }),
  );
  const corrected = (minor: bigint) =>
    billing((invoice) => {
      const [, line] = invoice.lines;
      Object.assign(line!, { itemId: null, invoiceItemId: "ii_minimum", amountMinor: minor });
    });
  const right = await checkInvoice(world.system, { invoiceId }, corrected(4800n));
  expect(right).toMatchObject({ verdict: "equal" });
  expect(right?.lines[1]?.steps).toEqual([
    { says: "What the period's minimum adds: api_calls", minor: "4800" },
  ]);
  const wrong = await checkInvoice(world.system, { invoiceId }, corrected(4801n));
  expect(wrong).toMatchObject({ verdict: "different", expectedMinor: 9700n });
  await checkInvoice(world.system, { invoiceId }, world.gateway);
});

test("the sweep asks for what was never worked out, or by older rules, and nothing else", async () => {
  const client = new Client({ connectionString: world.database.superUrl });
  await client.connect();
  await client.query("delete from graphile_worker._private_jobs");
  await client.end();
  await sweepChecks(world.system);
  expect(await queued()).toEqual([]);

  const ids = await invoiceIds();
  await transact(world.system, "test.age", async (tx) => {
    await tx.invoiceCheck.update({ where: { invoiceId: ids[0]! }, data: { version: 0 } });
    await tx.invoiceCheck.delete({ where: { invoiceId: ids[1]! } });
  });
  await sweepChecks(world.system);
  expect(await queued()).toEqual([...ids].sort());
});

test("a draft, and an invoice that is none of a tenant's, are left alone", async () => {
  const [first] = await invoiceIds();
  const draft = billing((invoice) => {
    invoice.finalizedAt = null;
  });
  expect(await checkInvoice(world.system, { invoiceId: first! }, draft)).toBeNull();
  const stranger = await world.stripe.customers.create({ email: "stranger@acme.test" });
  await world.stripe.invoiceItems.create({ customer: stranger.id, amount: 100, currency: "usd" });
  const made = await world.stripe.invoices.create({
    customer: stranger.id,
    pending_invoice_items_behavior: "include",
  });
  await world.stripe.invoices.finalizeInvoice(made.id!);
  expect(await checkInvoice(world.system, { invoiceId: made.id! }, world.gateway)).toBeNull();
  await expect(repeatCheck(admin, { invoiceId: made.id! }, world.gateway)).rejects.toMatchObject({
    code: "not_found",
  });
});
