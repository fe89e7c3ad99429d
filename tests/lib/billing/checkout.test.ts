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
