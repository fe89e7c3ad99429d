import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { confirmedChange } from "#lib/billing/change-input";
import { expireCheckouts } from "#lib/billing/expire-checkouts";
import { getEmbeddedCheckout } from "#lib/billing/get-embedded-checkout";
import { requestChange } from "#lib/billing/request-change";
import { startCheckout } from "#lib/billing/start-checkout";
import { runPublishing } from "#lib/catalog/run-publishing";
import { seedPlans } from "#lib/catalog/seed-plans";
import { transact, view } from "#lib/db/transaction";
import type { Inbox } from "#lib/events/inbox-worker";
import type { TenantContext } from "#lib/tenancy/context";
import { idsOf, subscribe } from "#tests/lib/billing/subscribed";
import { openWorld, type World } from "#tests/lib/billing/world";
import { newOwner } from "#tests/support/people";

vi.setConfig({ testTimeout: 60_000 });

let world: World;
let inbox: Inbox;

beforeAll(async () => {
  world = await openWorld();
  const { versionIds } = await seedPlans(world.system);
  await transact(world.system, "test.trial", (tx) =>
    tx.planVersion.updateMany({
      where: { plan: { key: "scale" } },
      data: { trialDays: 14, trialNeedsCard: false },
    }),
  );
  for (const versionId of versionIds) {
    await runPublishing(world.system, { versionId }, world.gateway);
  }
  inbox = world.startWorker();
}, 60_000);
afterAll(() => world.close());

const starter = { plan: "starter", interval: "month", currency: "usd", seats: 1 } as const;

async function rowOf(checkoutId: string) {
  return view(world.system, (tx) => tx.checkout.findUniqueOrThrow({ where: { id: checkoutId } }));
}

test("a payment page inside ours has an address of ours and a secret that is not kept", async () => {
  const { owner } = await newOwner(world.system);
  const embedded = { ...starter, page: "embedded" } as const;
  const { checkoutId, url } = await startCheckout(owner, embedded, world.gateway);
  expect(new URL(url).pathname).toBe(`/checkouts/${checkoutId}`);
  const found = await getEmbeddedCheckout(owner, world.gateway);
  expect(found?.clientSecret).toMatch(/^cs_/);
  const row = await rowOf(checkoutId);
  expect(JSON.stringify(row)).not.toContain(found!.clientSecret);

  await startCheckout(owner, starter, world.gateway);
  expect(await getEmbeddedCheckout(owner, world.gateway)).toBeNull();
  expect((await rowOf(checkoutId)).status).toBe("expired");
});

test("a code typed here is on the first invoice; one that is used up is refused by its field", async () => {
  const coupon = await world.stripe.coupons.create({ percent_off: 50, duration: "once" });
  const promotion = { type: "coupon", coupon: coupon.id } as const;
  await world.stripe.promotionCodes.create({ promotion, code: "HALF", max_redemptions: 1 });
  const owner = await subscribe(world, inbox, { ...starter, code: "half" });
  const [invoice] = await view(owner, (tx) => tx.invoice.findMany());
  expect(invoice?.amountPaidMinor).toBe(1450n);

  const { owner: late } = await newOwner(world.system);
  const again = startCheckout(late, { ...starter, code: "HALF" }, world.gateway);
  await expect(again).rejects.toMatchObject({ field: "code", message: /used up/ });
});

test("a trial may begin without a card, is changed for nothing, and is given once", async () => {
  const { owner } = await newOwner(world.system);
  const scale = { ...starter, plan: "scale", card: "later" } as const;
  const { checkoutId } = await startCheckout(owner, scale, world.gateway);
  const row = await rowOf(checkoutId);
  expect(row).toMatchObject({ trialDays: 14, needsCard: false });
  const session = await world.stripe.checkout.sessions.retrieve(row.stripeSessionId!);
  expect(session.payment_method_collection).toBe("if_required");

  const paid = await subscribe(world, inbox, { ...starter, plan: "scale" });
  const { subscriptionId } = await idsOf(paid);
  const { status } = await world.stripe.subscriptions.retrieve(subscriptionId);
  expect(status).toBe("trialing");
  const starterNow = { kind: "plan", plan: "starter", interval: "month", seats: 1 };
  const made = await requestChange(paid, confirmedChange.parse(starterNow), world.gateway);
  expect([made.status, made.choice]).toMatchObject(["applied", { why: "trial", timing: "now" }]);
  await requestChange(paid, { kind: "cancel_now", reason: "other" }, world.gateway);
  await world.settle(inbox);
  const again = await startCheckout(paid, scale, world.gateway);
  expect(await rowOf(again.checkoutId)).toMatchObject({ trialDays: 0, needsCard: true });
});

test("a page Stripe no longer knows is closed here, and the tenant can choose again", async () => {
  const { owner } = await newOwner(world.system);
  const { checkoutId } = await startCheckout(owner, starter, world.gateway);
  await transact(world.system, "test.forget", (tx) =>
    tx.checkout.update({
      where: { id: checkoutId },
      data: { stripeSessionId: "cs_test_gone", expiresAt: new Date(Date.now() - 3_600_000) },
    }),
  );
  await expireCheckouts(world.system, world.gateway);
  expect((await rowOf(checkoutId)).status).toBe("expired");
});

test("bought again after the end, there is no second trial and no second subscription", async () => {
  const owner = await subscribe(world, inbox, starter);
  const end = { kind: "cancel_now", reason: "other" } as const;
  await requestChange(owner, end, world.gateway);
  await world.settle(inbox);
  const { checkoutId } = await startCheckout(owner, starter, world.gateway);
  const row = await rowOf(checkoutId);
  expect(row.trialDays).toBe(0);
  await world.act(`checkout/${row.stripeSessionId}/complete`, { card: "4242424242424242" });
  await world.settle(inbox);
  const live = await view(owner, (tx) => tx.subscription.count({ where: { status: "active" } }));
  expect(live).toBe(1);
});

const trialMails = (owner: TenantContext) =>
  view(world.system, (tx) =>
    tx.mail.findMany({
      where: { reference: { contains: ":trial_ending:", endsWith: owner.userId } },
    }),
  );
const headingOf = ({ data }: { data: unknown }) => data as { heading: string; line: string };

// It moves the clock, so it comes last.
test("who is on trial is told three days before it ends, or at once where it is shorter", async () => {
  const owner = await subscribe(world, inbox, { ...starter, plan: "scale" });
  expect(await trialMails(owner)).toEqual([]);
  await world.act("clock", { advance_seconds: 11 * 86_400 + 60 });
  await world.settle(inbox);
  const { subscriptionId } = await idsOf(owner);
  await world.stripe.subscriptions.update(subscriptionId, { metadata: { touched: "again" } });
  await world.settle(inbox);
  const [mail, ...more] = await trialMails(owner);
  expect(more).toEqual([]);
  expect(headingOf(mail!).heading).toMatch(/^Your trial of Scale ends on /);
  expect(headingOf(mail!).line).toMatch(/From then on it is \$\d+\.00 a month/);

  await world.stripe.subscriptions.update(subscriptionId, { default_payment_method: "" });
  const later = Math.floor(Date.now() / 1000) + 13 * 86_400;
  await world.stripe.subscriptions.update(subscriptionId, { trial_end: later });
  await world.settle(inbox);
  const longer = await trialMails(owner);
  expect(longer.map((one) => headingOf(one).line)).toContainEqual(
    expect.stringMatching(/add a way to pay/),
  );
});
