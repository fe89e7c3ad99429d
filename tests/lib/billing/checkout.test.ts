import { afterAll, beforeAll, expect, test } from "vitest";
import { getBilling } from "#lib/billing/get-billing";
import { getInvoice } from "#lib/billing/get-invoice";
import { getSubscriptionStatus } from "#lib/billing/get-subscription-status";
import { listInvoices } from "#lib/billing/list-invoices";
import { startCheckout } from "#lib/billing/start-checkout";
import { view } from "#lib/db/transaction";
import type { Inbox } from "#lib/events/inbox-worker";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";
import { newOwner } from "#tests/support/people";

let world: World;
let inbox: Inbox;

beforeAll(async () => {
  world = await openWorld();
  await publishPlans(world);
  inbox = world.startWorker();
});
afterAll(() => world.close());

const pro = { plan: "pro", interval: "month", currency: "usd", seats: 3 } as const;

async function sessionOf(checkoutId: string): Promise<string> {
  const row = await view(world.system, (tx) =>
    tx.checkout.findUniqueOrThrow({ where: { id: checkoutId } }),
  );
  return row.stripeSessionId!;
}

async function pay(checkoutId: string, card = "4242424242424242"): Promise<void> {
  await world.act(`checkout/${await sessionOf(checkoutId)}/complete`, { card });
}

test("a paid checkout becomes an active plan, a paid invoice and a mail", async () => {
  const { owner: ctx } = await newOwner(world.system);
  const { checkoutId, url } = await startCheckout(ctx, pro, world.gateway);
  expect(url).toContain(world.sandbox.url);
  expect(await getSubscriptionStatus(ctx)).toMatchObject({ status: "none", checkout: "open" });

  await pay(checkoutId);
  await world.settle(inbox);

  const status = { planKey: "pro", status: "active", seats: 3, checkout: "none" };
  expect(await getSubscriptionStatus(ctx)).toEqual(status);
  const billing = await getBilling(ctx);
  expect(billing.nextInvoiceEstimate?.amount).toEqual({ minor: 8500n, currency: "usd" });
  const { rows } = await listInvoices(ctx);
  expect(rows.map(({ status: is, total }) => [is, total.minor])).toEqual([["paid", 8500n]]);
  const page = await getInvoice(ctx, rows[0]!.id);
  expect(page.lines.map(({ quantity, amount }) => [quantity, amount.minor]).sort()).toEqual([
    [1, 4900n],
    [3, 3600n],
  ]);
  const mails = await view(world.system, (tx) =>
    tx.mail.findMany({ where: { template: "plan-active" } }),
  );
  expect(mails).toHaveLength(1);
});

test("a double click and a second tab meet the same checkout", async () => {
  const { owner } = await newOwner(world.system);
  const clicks = await Promise.all(
    Array.from({ length: 5 }, () => startCheckout(owner, pro, world.gateway)),
  );
  expect(new Set(clicks.map(({ url }) => url)).size).toBe(1);
  const rows = await view(owner, (tx) => tx.checkout.findMany());
  expect(rows.map(({ status }) => status)).toEqual(["open"]);
});

test("another choice closes the first page before its own opens", async () => {
  const { owner } = await newOwner(world.system);
  const first = await startCheckout(owner, pro, world.gateway);
  const second = await startCheckout(owner, { ...pro, seats: 8 }, world.gateway);
  expect(second.checkoutId).not.toBe(first.checkoutId);
  const closed = await world.stripe.checkout.sessions.retrieve(await sessionOf(first.checkoutId));
  expect(closed.status).toBe("expired");
  await world.settle(inbox);
  const rows = await view(owner, (tx) => tx.checkout.findMany({ orderBy: { createdAt: "asc" } }));
  expect(rows.map(({ status }) => status)).toEqual(["expired", "open"]);
});

test("two people choosing different plans at once leave one open checkout", async () => {
  const { owner } = await newOwner(world.system);
  const choices = [pro, { ...pro, plan: "starter", seats: 1 }, { ...pro, seats: 9 }];
  const outcomes = await Promise.allSettled(
    choices.map((choice) => startCheckout(owner, choice, world.gateway)),
  );
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "conflict" });
  }
  const open = await view(owner, (tx) => tx.checkout.findMany({ where: { status: "open" } }));
  expect(open).toHaveLength(1);
  const sessions = await world.stripe.checkout.sessions.list({ status: "open", limit: 100 });
  const theirs = sessions.data.filter(({ metadata }) => metadata?.tenant_id === owner.tenantId);
  expect(theirs.map(({ id }) => id)).toEqual([open[0]!.stripeSessionId]);
});

test("a second subscription is refused by the name of the first", async () => {
  const { owner } = await newOwner(world.system);
  await pay((await startCheckout(owner, pro, world.gateway)).checkoutId);
  await world.settle(inbox);
  const again = startCheckout(owner, { ...pro, plan: "scale" }, world.gateway);
  await expect(again).rejects.toMatchObject({ code: "conflict", message: /on Pro already/ });
});

test("paid on one page, another cannot be opened before the webhooks arrive", async () => {
  const { owner } = await newOwner(world.system);
  const { checkoutId } = await startCheckout(owner, pro, world.gateway);
  await world.act("webhooks/hold");
  await pay(checkoutId);
  const other = startCheckout(owner, { ...pro, seats: 4 }, world.gateway);
  await expect(other).rejects.toMatchObject({ code: "conflict", message: /paid/ });
  await world.act("webhooks/release");
  await inbox.idle();
  expect(await getSubscriptionStatus(owner)).toMatchObject({ status: "active", seats: 3 });
});

test("a declined card leaves the checkout open and the plan as it was", async () => {
  const { owner } = await newOwner(world.system);
  const { checkoutId } = await startCheckout(owner, pro, world.gateway);
  await expect(pay(checkoutId, "4000000000000002")).rejects.toThrow(/declined/);
  await world.settle(inbox);
  const status = { planKey: "free", status: "none", checkout: "open" };
  expect(await getSubscriptionStatus(owner)).toMatchObject(status);
});

test("every webhook twice and in reverse order ends in the same state, with one mail", async () => {
  const { owner } = await newOwner(world.system);
  const { checkoutId } = await startCheckout(owner, pro, world.gateway);
  await world.act("webhooks/hold");
  await pay(checkoutId);
  await world.act("webhooks/release", { order: "reverse", duplicate: true });
  await inbox.idle();

  const status = { planKey: "pro", status: "active", seats: 3, checkout: "none" };
  expect(await getSubscriptionStatus(owner)).toEqual(status);
  const { rows } = await listInvoices(owner);
  expect(rows.map(({ status: is }) => is)).toEqual(["paid"]);
  const facts = await view(owner, (tx) => tx.fact.findMany({ orderBy: { kind: "asc" } }));
  expect(facts.map(({ kind }) => kind)).toEqual([
    "checkout.completed",
    "entitlements.changed",
    "invoice.finalized",
    "invoice.paid",
    "subscription.active",
  ]);
  const to = (await view(owner, (tx) => tx.user.findUniqueOrThrow({ where: { id: owner.userId } })))
    .email;
  const mails = await view(world.system, (tx) =>
    tx.mail.findMany({ where: { to, template: "plan-active" } }),
  );
  expect(mails).toHaveLength(1);
});

test("the webhooks may come before our own write; the page opened late changes nothing", async () => {
  const { owner } = await newOwner(world.system);
  const gateway = {
    ...world.gateway,
    createCheckoutSession: async (
      request: Parameters<typeof world.gateway.createCheckoutSession>[0],
    ) => {
      const session = await world.gateway.createCheckoutSession(request);
      await world.act(`checkout/${session.sessionId}/complete`);
      await world.settle(inbox);
      return session;
    },
  };
  await startCheckout(owner, pro, gateway);
  expect(await getSubscriptionStatus(owner)).toMatchObject({ status: "active", checkout: "none" });
});

test.each(["500", "timeout"])(
  "Stripe going wrong (%s) says so, and the next try goes on",
  async (kind) => {
    const { owner } = await newOwner(world.system);
    const route = "POST /v1/checkout/sessions";
    await world.act("faults", { route, kind, count: 3 });
    const failed = startCheckout(owner, pro, world.gateway);
    await expect(failed).rejects.toMatchObject({ code: "unavailable" });

    const { url } = await startCheckout(owner, pro, world.gateway);
    expect(url).toContain("/");
    const sessions = await world.stripe.checkout.sessions.list({ status: "open", limit: 100 });
    const theirs = sessions.data.filter(({ metadata }) => metadata?.tenant_id === owner.tenantId);
    expect(theirs).toHaveLength(1);
  },
);

test("an answer lost after Stripe did the work is asked for again, and is the same page", async () => {
  const { owner } = await newOwner(world.system);
  await world.act("faults", { route: "POST /v1/checkout/sessions", kind: "drop_after_write" });
  const { checkoutId } = await startCheckout(owner, pro, world.gateway);
  const sessions = await world.stripe.checkout.sessions.list({ status: "open", limit: 100 });
  const theirs = sessions.data.filter(({ metadata }) => metadata?.tenant_id === owner.tenantId);
  expect(theirs.map(({ id }) => id)).toEqual([await sessionOf(checkoutId)]);
});

test("a plan that costs nothing, does not exist or is not offered so is refused by field", async () => {
  const { owner } = await newOwner(world.system);
  const start = (over: object) => startCheckout(owner, { ...pro, ...over }, world.gateway);
  await expect(start({ plan: "free" })).rejects.toMatchObject({ field: "plan" });
  await expect(start({ plan: "platinum" })).rejects.toMatchObject({ field: "plan" });
  await expect(start({ currency: "jpy" })).rejects.toMatchObject({ field: "currency" });
  expect(await view(owner, (tx) => tx.checkout.count())).toBe(0);
});

test("a checkout left lying is closed and made anew when someone comes back", async () => {
  const { owner } = await newOwner(world.system);
  const first = await startCheckout(owner, pro, world.gateway);
  const later = { ...owner, now: () => new Date(Date.now() + 12.5 * 3_600_000) };
  // Stripe's own clock stands still here; all that matters is that ours ran out.
  const second = await startCheckout(later, pro, world.gateway).catch((error) => error);
  expect(second).not.toMatchObject({ checkoutId: first.checkoutId });
  const rows = await view(owner, (tx) => tx.checkout.findMany({ orderBy: { createdAt: "asc" } }));
  expect(rows[0]?.status).toBe("expired");
});
