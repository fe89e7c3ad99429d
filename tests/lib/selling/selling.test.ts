import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { view } from "#lib/db/transaction";
import { effects } from "#lib/dispatch/effects";
import { switchLink } from "#lib/selling/change-link";
import { closeCheckouts } from "#lib/selling/close-checkouts";
import { createLink } from "#lib/selling/create-link";
import { linkInput } from "#lib/selling/input";
import type { KeptWhy } from "#lib/selling/keep-sale";
import { openSale } from "#lib/selling/open-sale";
import { readPaidPage, readPayPage } from "#lib/selling/read-pay-page";
import { refundSale } from "#lib/selling/refund-sale";
import { settleSale } from "#lib/selling/settle-sale";
import {
  always,
  flat,
  hold,
  netOf,
  newShop,
  openSellingWorld,
  publish,
  type SellingWorld,
  type Shop,
  saleOf,
  sell,
} from "#tests/lib/selling/shop";
import { newOwner, visitor } from "#tests/support/people";

let world: SellingWorld;
let shop: Shop;

beforeAll(async () => {
  world = await openSellingWorld();
  await publish(world, flat("10"));
  shop = await newShop(world);
}, 60_000);
afterAll(() => world.close());

const link = (over: object = {}) =>
  createLink(shop.owner, linkInput.parse({ name: "Tea", currency: "usd", minor: "500", ...over }));
const pay = (token: string, choice: { quantity?: number; minor?: bigint } = {}) =>
  openSale(visitor(world.system), { token, quantity: 1, ...choice }, world.gateway);
const openOf = (token: string) =>
  view(world.system, async (tx) => {
    const { id } = await tx.paymentLink.findUniqueOrThrow({ where: { token } });
    return tx.saleCheckout.findFirstOrThrow({
      where: { linkId: id },
      orderBy: { createdAt: "desc" },
    });
  });

describe("what each cent does, by how the account sells", () => {
  test.each([
    // 100.00, of which Stripe takes 3.20 and the platform 10.00.
    { kind: "direct", tenant: 8_680, platform: 1_000 },
    { kind: "destination", tenant: 9_000, platform: 680 },
    { kind: "separate", tenant: 9_000, platform: 680 },
  ] as const)("$kind: paid, and given back with the fee", async (row) => {
    const { kind } = row;
    const other = kind === "direct" ? shop : await newShop(world, kind);
    const before = { tenant: await netOf(world, other.accountId), platform: await netOf(world) };
    const { saleId } = await sell(world, other, 10_000n, { kind });
    expect(await saleOf(world, saleId)).toMatchObject({
      ...{ kind, settling: "done", dueMinor: 1_000n, takenMinor: 1_000n, method: "card" },
      ...{ account: kind === "direct" ? other.accountId : "", accountId: other.accountId },
    });
    expect(await netOf(world, other.accountId)).toBe(before.tenant + row.tenant);
    expect(await netOf(world)).toBe(before.platform + row.platform);

    const given = { saleId, key: `back-${kind}-1`, minor: 4_000n, note: "" };
    await refundSale(other.owner, given, world.gateway);
    const rest = { ...given, key: `back-${kind}-2`, minor: 6_000n };
    expect(await refundSale(other.owner, rest, world.gateway)).toMatchObject({ status: "done" });
    await world.settled();
    // Stripe keeps its 3.20, of whoever paid it.
    expect(await netOf(world, other.accountId)).toBe(before.tenant - (kind === "direct" ? 320 : 0));
    expect(await netOf(world)).toBe(before.platform - (kind === "direct" ? 0 : 320));
    const more = refundSale(other.owner, { ...rest, key: `back-${kind}-3` }, world.gateway);
    await expect(more).rejects.toThrow(/given back already/);
  });
});

test("with the fee kept, the tenant bears the whole refund", async () => {
  const before = await netOf(world, shop.accountId);
  const { saleId } = await sell(world, shop, 10_000n);
  const input = { saleId, key: "kept-fee-1", minor: 10_000n, returnsFee: false, note: "" };
  expect(await refundSale(shop.owner, input, world.gateway)).toMatchObject({ returnsFee: false });
  expect(await netOf(world, shop.accountId)).toBe(before - 320 - 1_000);
});

test("what was taken above the fee of the card that paid goes back by itself, once", async () => {
  const [every] = flat("10", "Elsewhere");
  const home = { ...every!, name: "Home", when: { ...always, countries: ["US"] } };
  const tiers = [{ from: {}, percent: "4", fixed: {} }];
  await publish(world, [{ ...home, tiers }, every!]);
  const before = await netOf(world, shop.accountId);
  const { saleId } = await sell(world, shop, 10_000n);
  const sale = await saleOf(world, saleId);
  expect(sale).toMatchObject({ takenMinor: 1_000n, dueMinor: 400n, settling: "done" });
  expect(sale.why as KeptWhy).toMatchObject({ rule: "Home", passed: [] });
  expect(await netOf(world, shop.accountId)).toBe(before + 10_000 - 320 - 400);

  // Of a refund of half, half of what was due goes back, not half of what was taken.
  const half = { saleId, key: "half-of-due", minor: 5_000n, note: "" };
  await refundSale(shop.owner, half, world.gateway);
  expect(await netOf(world, shop.accountId)).toBe(before + 5_000 - 320 - 200);
  await publish(world, flat("10"));
});

test("a link follows the policy, and what a payer has open keeps what it was opened with", async () => {
  const { token } = await link({ minor: "10000" });
  await pay(token);
  const opened = await openOf(token);
  await publish(world, flat("20"));
  await world.act(`checkout/${opened.stripeSessionId}/complete`);
  await world.settled();
  await pay(token);
  expect((await openOf(token)).feeMinor).toBe(2_000n);
  const old = await view(world.system, (tx) =>
    tx.sale.findFirstOrThrow({ where: { checkoutId: opened.id } }),
  );
  expect(old).toMatchObject({ dueMinor: 1_000n, feePolicyId: opened.feePolicyId });
  await publish(world, flat("10"));
});

test("a payer chooses how much and how many, within what the link offers", async () => {
  const range = { minor: undefined, leastMinor: "500", mostMinor: "5000", mostQuantity: 3 };
  const { token } = await link(range);
  await pay(token, { minor: 1_250n, quantity: 2 });
  expect(await openOf(token)).toMatchObject({ amountMinor: 2_500n, quantity: 2, feeMinor: 250n });
  await expect(pay(token, { minor: 499n })).rejects.toThrow("from $5.00 to $50.00");
  await expect(pay(token)).rejects.toMatchObject({ field: "minor" });
  await expect(pay(token, { minor: 500n, quantity: 4 })).rejects.toMatchObject({
    field: "quantity",
  });
  await expect(link({ minor: "49" })).rejects.toThrow(/below \$0.50/);
  await expect(link({ leastMinor: "100" })).rejects.toMatchObject({ field: "leastMinor" });
});

test("paused, ended, sold out or stopped, a link takes nothing and says why", async () => {
  const { id, token } = await link({ mostPayments: 1 });
  await pay(token);
  await expect(pay(token)).rejects.toThrow(/Somebody else is paying/);
  const opened = await openOf(token);
  await world.act(`checkout/${opened.stripeSessionId}/complete`);
  await world.settled();
  await expect(pay(token)).rejects.toMatchObject({ code: "gone" });
  const page = await readPayPage(visitor(world.system), { token });
  expect(page).toMatchObject({ name: "Tea", closed: "sold", price: { fixed: { minor: 500n } } });
  const checkoutId = opened.id;
  const paid = await readPaidPage(visitor(world.system), { token, checkoutId });
  expect(paid).toMatchObject({ isPaid: true, amount: { minor: 500n } });

  await switchLink(shop.owner, { linkId: id, to: "paused" });
  await expect(pay(token)).rejects.toThrow(/paused/);
  await switchLink(shop.owner, { linkId: id, to: "archived" });
  await expect(pay(token)).rejects.toMatchObject({ code: "gone" });
  const again = switchLink(shop.owner, { linkId: id, to: "active" });
  await expect(again).rejects.toThrow(/archived; it cannot activate/);
});

test("an account that loses its payments keeps nobody at an open page", async () => {
  const { token } = await link();
  await pay(token);
  const { id, stripeSessionId } = await openOf(token);
  await hold(world, shop, true);
  await expect(pay(token)).rejects.toThrow(/takes no payments right now/);
  await expect(link()).rejects.toThrow(/platform has stopped payments/);
  const { tenantId } = shop.owner;
  await closeCheckouts(world.system, { tenantId }, world.gateway);
  const on = { stripeAccount: shop.accountId };
  const session = await world.stripe.checkout.sessions.retrieve(stripeSessionId!, {}, on);
  expect(session.status).toBe("expired");
  const row = await view(world.system, (tx) =>
    tx.saleCheckout.findUniqueOrThrow({ where: { id } }),
  );
  expect(row.status).toBe("expired");
  await hold(world, shop, false);
});

test("an account stopped while a payment is on its way has it later, and people know", async () => {
  const other = await newShop(world, "separate");
  const { saleId } = await sell(world, other, 10_000n, { kind: "separate", isSettled: false });
  const before = await netOf(world, other.accountId);
  const description = "identity.business_details.annual_revenue";
  const due = { description, deadline_seconds: 0 };
  await world.act(`accounts/${other.accountId}/requirements`, due);
  await world.settled();
  const settle = (ctx = world.system) => settleSale(ctx, { saleId }, world.gateway, effects);
  await settle();
  await settle();
  expect(await saleOf(world, saleId)).toMatchObject({ settling: "failed", settledAs: null });
  const { sent, alerts } = await view(world.system, async (tx) => ({
    sent: await tx.mail.findMany({
      where: { reference: { startsWith: `sale:${saleId}:settling_failed:` } },
    }),
    alerts: await tx.alert.findMany({ where: { objectId: saleId } }),
  }));
  expect(sent.map(({ data }) => (data as { heading: string }).heading)).toEqual([
    expect.stringMatching(/^\$90\.00 of a payment to .* has not been passed on yet$/),
  ]);
  expect(alerts.map(({ kind }) => kind)).toEqual(["sale.settling_failed"]);
  const early = refundSale(
    other.owner,
    { saleId, key: "on-its-way", minor: 100n, note: "" },
    world.gateway,
  );
  await expect(early).rejects.toThrow(/still on its way/);

  await world.act(`accounts/${other.accountId}/requirements/satisfy`, { description });
  await world.settled();
  const now = () => new Date(world.system.now().getTime() + 60_000);
  await settle({ ...world.system, now });
  expect(await saleOf(world, saleId)).toMatchObject({ settling: "done", error: null });
  expect(await netOf(world, other.accountId)).toBe(before + 9_000);
});

test("who has no account sells nothing, and another's link is nobody's", async () => {
  const { owner } = await newOwner(world.system);
  const words = linkInput.parse({ name: "Tea", currency: "usd", minor: "500" });
  await expect(createLink(owner, words)).rejects.toThrow(/Open Payments to begin/);
  const { id } = await link();
  const theirs = switchLink(owner, { linkId: id, to: "paused" });
  await expect(theirs).rejects.toMatchObject({ code: "not_found" });
});
