import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { getBilling } from "#lib/billing/get-billing";
import { listInvoices } from "#lib/billing/list-invoices";
import { startCheckout } from "#lib/billing/start-checkout";
import { listPublicPlans } from "#lib/catalog/list-public-plans";
import type { PublicPlan } from "#lib/catalog/plan";
import { priceOf } from "#lib/catalog/price-of";
import { view } from "#lib/db/transaction";
import type { Inbox } from "#lib/events/inbox-worker";
import type { TenantContext } from "#lib/tenancy/context";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";
import { newOwner, visitor } from "#tests/support/people";

vi.setConfig({ testTimeout: 60_000 });

let world: World;
let inbox: Inbox;
let plans: PublicPlan[];

beforeAll(async () => {
  world = await openWorld();
  await publishPlans(world);
  plans = await listPublicPlans(visitor(world.system));
  inbox = world.startWorker();
}, 60_000);
afterAll(() => world.close());

/** One clock: Stripe's is moved by its time machine, and ours goes with it. */
let aheadMs = 0;

async function pass(days: number): Promise<void> {
  await world.act("clock", { advance_seconds: days * 86_400 });
  aheadMs += days * 86_400_000;
  await world.settle(inbox);
}

type Choice = Parameters<typeof startCheckout>[1];

async function subscribe(choice: Choice): Promise<TenantContext> {
  const { owner } = await newOwner({ ...world.system, now: () => new Date(Date.now() + aheadMs) });
  const { checkoutId } = await startCheckout(owner, choice, world.gateway);
  const row = await view(owner, (tx) =>
    tx.checkout.findUniqueOrThrow({ where: { id: checkoutId } }),
  );
  await world.act(`checkout/${row.stripeSessionId}/complete`);
  return owner;
}

async function totalsOf(owner: TenantContext): Promise<bigint[]> {
  const { rows } = await listInvoices(owner, { status: "paid" });
  return rows.map(({ total }) => total.minor).reverse();
}

const choices = ["starter", "pro", "scale"].flatMap((plan) =>
  (["month", "year"] as const).flatMap((interval) =>
    (["usd", "eur"] as const).map((currency): Choice => ({ plan, interval, currency, seats: 7 })),
  ),
);

// The order matters: what comes later moves the one clock of this world.
test("every first invoice is to the cent what the pricing page said", async () => {
  const owners = await Promise.all(choices.map(subscribe));
  await world.settle(inbox);
  for (const [place, choice] of choices.entries()) {
    const plan = plans.find(({ key }) => key === choice.plan)!;
    const seats = choice.plan === "pro" ? 7 : 1;
    const expected = priceOf(plan, { ...choice, seats }).total;
    const { rows } = await listInvoices(owners[place]!);
    expect([choice, rows[0]?.total]).toEqual([choice, expected]);
    const { nextInvoiceEstimate } = await getBilling(owners[place]!);
    expect(nextInvoiceEstimate?.amount).toEqual(expected);
  }
});

test("a renewal is what was estimated, and usage is billed at the end of its period", async () => {
  const pro = await subscribe({ plan: "pro", interval: "month", currency: "usd", seats: 4 });
  const scale = await subscribe({ plan: "scale", interval: "month", currency: "eur", seats: 1 });
  await world.settle(inbox);
  const tenant = await view(scale, (tx) =>
    tx.tenant.findUniqueOrThrow({ where: { id: scale.tenantId } }),
  );
  for (const value of ["600000", "654321"]) {
    const payload = { stripe_customer_id: tenant.stripeCustomerId!, value };
    await world.stripe.billing.meterEvents.create({ event_name: "api_calls", payload });
  }
  await pass(32);

  expect(await totalsOf(pro)).toEqual([9700n, 9700n]);
  const usage = { api_calls: 1_254_321n };
  const plan = plans.find(({ key }) => key === "scale")!;
  const choice = { interval: "month", currency: "eur", seats: 1 } as const;
  expect(await totalsOf(scale)).toEqual([18_500n, priceOf(plan, { ...choice, usage }).total.minor]);
});

test("a renewal that cannot be paid is past due, is told, and ends in the end", async () => {
  const owner = await subscribe({ plan: "starter", interval: "month", currency: "usd", seats: 1 });
  await world.settle(inbox);
  const { subscription } = await getBilling(owner);
  const tenant = await view(owner, (tx) =>
    tx.tenant.findUniqueOrThrow({ where: { id: owner.tenantId } }),
  );
  const card = await world.stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
    customer_account: tenant.stripeAccountId!,
  });
  await world.stripe.subscriptions.update(subscription!.id, { default_payment_method: card.id });
  await pass(32);
  expect((await getBilling(owner)).subscription?.status).toBe("past_due");

  await pass(30);
  const after = await getBilling(owner);
  expect([after.subscription, after.plan?.key]).toEqual([null, "free"]);
  const kinds = await view(owner, (tx) => tx.fact.findMany({ orderBy: { at: "asc" } }));
  const failures = kinds.filter(({ kind }) => kind === "invoice.payment_failed");
  expect(failures.length).toBeGreaterThanOrEqual(1);
  // The last try and the end fall into one second, and Stripe counts no finer.
  const end = kinds.at(-1)!.at.getTime();
  const atTheEnd = kinds.filter(({ at }) => at.getTime() === end).map(({ kind }) => kind);
  expect(atTheEnd).toContain("subscription.canceled");
});
