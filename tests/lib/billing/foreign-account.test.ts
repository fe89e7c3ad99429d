import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { view } from "#lib/db/transaction";
import { receiveDelivery } from "#lib/events/receive-delivery";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";
import { newOwner } from "#tests/support/people";

let world: World;

beforeAll(async () => {
  world = await openWorld();
}, 60_000);
afterAll(() => world.close());

/** A subscription to Scale as Stripe draws it, of a customer that is no tenant's. */
async function strangersSubscription(metadata: Record<string, string>) {
  const { stripe, system } = world;
  const customer = await stripe.customers.create({ name: "Stranger" });
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  const price = await view(system, (tx) =>
    tx.price.findFirstOrThrow({ where: { interval: "month", component: { kind: "flat" } } }),
  );
  return stripe.subscriptions.create({
    customer: customer.id,
    default_payment_method: card.id,
    items: [{ price: price.stripePriceId! }],
    metadata,
  });
}

function sign(body: string, secret: string): string {
  const t = Math.floor(Date.now() / 1000);
  return `t=${t},v1=${createHmac("sha256", secret).update(`${t}.${body}`).digest("hex")}`;
}

test("a connected account cannot give a tenant a plan by naming it", async () => {
  const versions = await publishPlans(world);
  const { owner } = await newOwner(world.system);
  const metadata = { tenant_id: owner.tenantId, version_id: versions.scale! };
  const object = await strangersSubscription(metadata);
  const body = JSON.stringify({
    id: "evt_foreign",
    object: "event",
    type: "customer.subscription.updated",
    account: "acct_someoneelse",
    livemode: false,
    created: Math.floor(Date.now() / 1000),
    data: { object: { ...object, id: "sub_foreign" } },
  });
  const [secret] = world.door.secrets.connect;
  const signatureHeader = sign(body, secret!);
  const delivery = { endpoint: "connect", rawBody: body, signatureHeader } as const;
  expect(await receiveDelivery(world.system, delivery, world.door)).toMatchObject({ status: 200 });
  await world.startWorker().idle();

  const [event, mine, mirrored] = await view(world.system, async (tx) => [
    await tx.inboxEvent.findFirstOrThrow({ where: { id: "evt_foreign" } }),
    await tx.subscription.findUnique({ where: { id: "sub_foreign" } }),
    await tx.stripeSubscription.findFirst({ where: { id: "sub_foreign" } }),
  ]);
  expect(event).toMatchObject({ status: "done" });
  expect(mine).toBeNull();
  // It is kept as what it is: somebody's own object, and no tenant's of ours.
  expect(mirrored).toMatchObject({ account: "acct_someoneelse", tenantId: null });
});
