import { afterAll, beforeAll, expect, test } from "vitest";
import { view } from "#lib/db/transaction";
import { effects } from "#lib/dispatch/effects";
import { platformBook } from "#lib/ledger/entry";
import { readBalances } from "#lib/ledger/read-balances";
import { catchUp } from "#lib/ledger-rules/catch-up";
import { earnRevenue } from "#lib/ledger-rules/earn-revenue";
import { feedAccount } from "#lib/ledger-rules/feed-account";
import { readCredits } from "#lib/ledger-rules/read-credits";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { StripeObjects } from "#lib/stripe/object-types";
import type { TenantContext } from "#lib/tenancy/context";
import { idsOf, subscribe } from "#tests/lib/billing/subscribed";
import { publishPlans } from "#tests/lib/billing/world";
import {
  atStripe,
  type LedgerScene,
  openLedgerScene,
  pay,
  said,
} from "#tests/lib/ledger-rules/ledger-scene";

let scene: LedgerScene;

beforeAll(async () => {
  scene = await openLedgerScene();
  await publishPlans(scene);
}, 60_000);
afterAll(() => scene.close());

/** Both books agree with Stripe, currency by currency. */
async function agree(account: string): Promise<void> {
  for (const [book, of] of [
    ["platform", ""],
    [account, account],
  ] as const) {
    const balances = await scene.balances(book);
    const held = balances.filter(({ account: { code } }) => code === "stripe:balance");
    const ours = new Map(held.map(({ currency, minor }) => [currency as string, minor]));
    expect(ours).toEqual(await atStripe(scene, of));
  }
}

test("a destination charge leaves the platform its share and the tenant the rest", async () => {
  const { account } = await scene.newSeller();
  const more = { transfer_data: { destination: account }, application_fee_amount: 1000 };
  const { id } = await pay(scene, "", more);
  await scene.feed(["", account]);
  await agree(account);
  expect(said(await scene.balances("platform"))).toEqual({
    "stripe:balance usd": 680n,
    "expense:processing usd": 320n,
    "revenue:application_fees usd": -1000n,
  });
  expect(said(await scene.balances(account))).toEqual({
    "stripe:balance usd": 9000n,
    "expense:platform_fees usd": 1000n,
    "revenue:sales usd": -10_000n,
  });

  // Both books say who paid it and how by themselves, so that no figure has to look it up.
  const told = await view(scene.ctx, (tx) =>
    tx.ledgerEntry.findMany({ where: { paymentId: { not: null }, method: { not: "" } } }),
  );
  const untold = await view(scene.ctx, (tx) =>
    tx.ledgerEntry.findMany({
      where: {
        paymentId: { not: null },
        OR: [{ method: null }, { method: "stripe_account" }],
      },
    }),
  );
  expect(untold.map(({ reference, kind }) => `${kind} ${reference}`)).toEqual([]);
  expect(told.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(["charge.passed_on", "charge.received", "settled.charge"]),
  );
  expect(new Set(told.map(({ method, country }) => `${method} ${country}`))).toEqual(
    new Set(["card US"]),
  );

  const whole = { reverse_transfer: true, refund_application_fee: true };
  await scene.stripe.refunds.create({ payment_intent: id, ...whole });
  await scene.feed(["", account]);
  await agree(account);
  expect(said(await scene.balances("platform"))).toEqual({
    "stripe:balance usd": -320n,
    "expense:processing usd": 320n,
  });
  expect(said(await scene.balances(account))).toEqual({});

  // An object lists ten of its reversals, and says that there are more.
  const { latest_charge: charge } = await pay(scene, "", more);
  const { data } = await scene.stripe.transfers.list({ destination: account, limit: 1 });
  for (let turn = 0; turn < 12; turn += 1) {
    await scene.stripe.transfers.createReversal(data[0]!.id, { amount: 100 });
  }
  await scene.feed(["", account]);
  await agree(account);
  const reversed = await view(scene.ctx, (tx) =>
    tx.ledgerEntry.count({ where: { kind: "transfer.reversed", paymentId: charge as string } }),
  );
  expect(reversed).toBe(12);
}, 60_000);

/** What the platform's book says of one tenant. */
async function ofTenant(owner: TenantContext): Promise<Record<string, bigint>> {
  const query = { book: platformBook, dimensions: { tenantId: owner.tenantId } };
  return said(await view(scene.ctx, (tx) => readBalances(tx, query)));
}

test("a plan is owed, paid, earned by the day, and credited what is unearned first", async () => {
  const choice = { plan: "starter", interval: "month", currency: "usd", seats: 1 } as const;
  const owner = await subscribe(scene, scene.inbox, choice, scene.ctx.now);
  await scene.feed([""]);
  expect(await ofTenant(owner)).toEqual({
    "deferred usd": -2900n,
    "expense:processing usd": 114n,
    "stripe:balance usd": 2786n,
  });
  expect(await clearingOf(platformBook)).toEqual([]);

  await scene.pass(10 * 86_400);
  await earnRevenue(scene.ctx);
  const earned = -(await ofTenant(owner))["revenue:subscription usd"]!;
  expect(earned).toBe((2900n * 10n) / BigInt(await daysOf(owner)));
  expect(await earnRevenue(scene.ctx)).toBe(0);

  const { accountId } = await idsOf(owner);
  const { data } = await scene.stripe.invoices.list({ customer_account: accountId });
  const invoice = data[0]!.id!;
  await scene.stripe.creditNotes.create({ invoice, amount: 2000, credit_amount: 2000 });
  await scene.feed([""]);
  const credited = await ofTenant(owner);
  expect(credited).toMatchObject({ "customer_credit usd": -2000n });
  expect(credited["contra:refunds usd"] ?? 0n).toBeGreaterThanOrEqual(0n);
  expect(credited["receivable usd"]).toBeUndefined();

  await scene.pass(40 * 86_400);
  await scene.feed([""]);
  await earnRevenue(scene.ctx);
  const over = await ofTenant(owner);
  const schedules = await view(scene.ctx, (tx) => tx.revenueSchedule.findMany());
  const rest = schedules.reduce((sum, one) => sum + one.unearnedMinor - one.earnedMinor, 0n);
  expect(-(over["deferred usd"] ?? 0n)).toBe(rest);
  expect(schedules.find(({ invoiceId }) => invoiceId === invoice)).toMatchObject({ isDone: true });
}, 60_000);

test("what a tenant owes and is owed is what Stripe says, whatever changes", async () => {
  const choice = { plan: "pro", interval: "month", currency: "usd", seats: 3 } as const;
  const owner = await subscribe(scene, scene.inbox, choice, scene.ctx.now);
  const { subscriptionId, accountId } = await idsOf(owner);
  const { stripe } = scene;
  const { items } = await stripe.subscriptions.retrieve(subscriptionId);
  const seats = items.data.find(({ quantity }) => quantity === 3)!.id;
  const change = (quantity: number, proration_behavior: "always_invoice" | "create_prorations") =>
    stripe.subscriptionItems.update(seats, { quantity, proration_behavior });

  await scene.pass(7 * 86_400);
  await change(9, "always_invoice");
  await scene.pass(3 * 86_400);
  await change(1, "create_prorations");
  await stripe.customers.createBalanceTransaction(accountId, { amount: -700, currency: "usd" });
  const made = await stripe.invoices.create({
    ...{ customer_account: accountId, collection_method: "send_invoice", days_until_due: 30 },
  });
  await stripe.invoiceItems.create({
    ...{ customer_account: accountId, invoice: made.id!, amount: 5000, currency: "usd" },
  });
  await stripe.invoices.finalizeInvoice(made.id!);
  await matches(owner, accountId);
  await stripe.creditNotes.create({ invoice: made.id!, amount: 2000 });
  await matches(owner, accountId);
  await stripe.invoices.voidInvoice(made.id!);
  await scene.pass(32 * 86_400);
  await scene.settle(scene.inbox);
  await earnRevenue(scene.ctx);
  await matches(owner, accountId);
}, 60_000);

/** What the ledger keeps of a tenant, beside what Stripe says it owes and is owed. */
async function matches(owner: TenantContext, accountId: string): Promise<void> {
  await scene.feed([""]);
  await readCredits(scene.ctx, scene.gateway);
  const balances = await scene.balances(platformBook);
  const of = (code: string) =>
    balances
      .filter(({ account }) => account.code === code && account.subject === owner.tenantId)
      .reduce((sum, { minor }) => sum + minor, 0n);
  const { data } = await scene.stripe.invoices.list({ customer_account: accountId, limit: 100 });
  const open = data.filter(({ status }) => status === "open");
  const owed = open.reduce((sum, { amount_remaining: left }) => sum + BigInt(left), 0n);
  expect(of("receivable")).toBe(owed);
  const { data: moves } = await scene.stripe.customers.listBalanceTransactions(accountId);
  expect(of("customer_credit")).toBe(BigInt(moves[0]?.ending_balance ?? 0));
  const kept = await view(scene.ctx, (tx) =>
    tx.revenueSchedule.findMany({ where: { tenantId: owner.tenantId } }),
  );
  const rest = kept.reduce((sum, one) => sum + one.unearnedMinor - one.earnedMinor, 0n);
  expect(-of("deferred")).toBe(rest);
  expect(await clearingOf(platformBook)).toEqual([]);
}

async function daysOf(owner: TenantContext): Promise<number> {
  const [one] = await view(scene.ctx, (tx) =>
    tx.revenueSchedule.findMany({ where: { tenantId: owner.tenantId } }),
  );
  return (one!.toDay.getTime() - one!.fromDay.getTime()) / 86_400_000;
}

async function clearingOf(book: string) {
  const balances = await scene.balances(book);
  return balances.filter(({ account: { code } }) => code === "stripe:clearing");
}

/** Stripe, whose list comes two rows a page, and fails at one of them. */
function cutGateway(failsAt: number, change: (row: Row) => Row = (row) => row): StripeGateway {
  let pages = 0;
  return {
    ...scene.gateway,
    listSettled: async (account, since, after) => {
      pages += 1;
      if (pages === failsAt) throw new Error("cut off");
      const { rows } = await scene.gateway.listSettled(account, since, null);
      const from = rows.findIndex(({ id }) => id === after) + 1;
      const page = rows.slice(from, from + 2).map(change);
      return { rows: page, next: from + 2 < rows.length ? page.at(-1)!.id : null };
    },
  };
}
type Row = StripeObjects["balance_transaction"];

test("a reading that is cut off anywhere goes on there, and posts each row once", async () => {
  const { account } = await scene.newSeller("saas");
  for (let count = 0; count < 5; count += 1) await pay(scene, account, {});
  await scene.settle(scene.inbox);
  for (const failsAt of [1, 2, 2]) {
    const cut = feedAccount(scene.ctx, account, cutGateway(failsAt), effects);
    await expect(cut).rejects.toThrow("cut off");
  }
  await feedAccount(scene.ctx, account, cutGateway(99), effects);
  await agree(account);
  expect(await clearingOf(account)).toEqual([]);
  const both = [0, 0].map(() => feedAccount(scene.ctx, account, cutGateway(99), effects));
  const posted = (await Promise.all(both)).map((fed) => fed.posted);
  expect(posted).toEqual([0, 0]);
});

test("what is paid while Stripe's list is read is read too, and nothing of it twice", async () => {
  const { account } = await scene.newSeller("saas");
  for (let count = 0; count < 3; count += 1) await pay(scene, account, {});
  await scene.settle(scene.inbox);
  const byPages = cutGateway(99);
  let left = 2;
  const moving: StripeGateway = {
    ...byPages,
    listSettled: async (...asked) => {
      const page = await byPages.listSettled(...asked);
      // The list grows at its head, between this page and the next.
      if (left > 0) await pay(scene, account, {});
      left -= 1;
      return page;
    },
  };
  const first = await feedAccount(scene.ctx, account, moving, effects);
  const next = await feedAccount(scene.ctx, account, byPages, effects);
  expect(left).toBeLessThanOrEqual(0);
  expect(first.posted + next.posted).toBe(5);
  await scene.feed([account]);
  await agree(account);
  expect(await clearingOf(account)).toEqual([]);
});

test("a transaction that says something else later is corrected by another entry", async () => {
  const { account } = await scene.newSeller("saas");
  await pay(scene, account, {});
  await scene.feed([account]);
  const before = said(await scene.balances(account));
  const dearer = (row: Row): Row => ({
    ...{ ...row, fee: row.fee + 25, net: row.net - 25 },
    fee_details: row.fee_details.map((fee) => ({ ...fee, amount: fee.amount + 25 })),
  });
  await feedAccount(scene.ctx, account, cutGateway(99, dearer), effects);
  const corrected = said(await scene.balances(account));
  expect(corrected["expense:processing usd"]).toBe(before["expense:processing usd"]! + 25n);
  expect(corrected["stripe:balance usd"]).toBe(before["stripe:balance usd"]! - 25n);
  await feedAccount(scene.ctx, account, scene.gateway, effects);
  expect(said(await scene.balances(account))).toEqual(before);
  const corrections = await view(scene.ctx, (tx) =>
    tx.ledgerEntry.findMany({
      where: { corrects: { not: null } },
      orderBy: { id: "asc" },
    }),
  );
  expect(corrections.map(({ reference }) => reference.split(":").at(-1))).toEqual(["1", "2"]);
});

test("money that moves for no reason we know is in suspense, and is told of once", async () => {
  const { account } = await scene.newSeller("saas");
  await pay(scene, account, {});
  await scene.settle(scene.inbox);
  const odd = (row: Row): Row => ({ ...row, type: "something_new" as Row["type"] });
  await feedAccount(scene.ctx, account, cutGateway(99, odd), effects);
  await feedAccount(scene.ctx, account, cutGateway(99, odd), effects);
  await agree(account);
  expect(said(await scene.balances(account))).toMatchObject({ "suspense usd": expect.anything() });
  const alerts = await view(scene.ctx, (tx) =>
    tx.alert.findMany({ where: { kind: "ledger.unexplained" } }),
  );
  expect(alerts).toHaveLength(1);
});

// The last: nobody posts here any more.
test("what was mirrored without a ledger gets its entries, once", async () => {
  const { account } = await scene.newSeller();
  await scene.inbox.stop();
  const mute = scene.startWorker({ effects: async () => {} });
  const more = { transfer_data: { destination: account }, application_fee_amount: 1000 };
  await pay(scene, "", more);
  await scene.settle(mute);
  expect(said(await scene.balances(account))).toEqual({});
  expect(await catchUp(scene.ctx, { again: true }, effects)).toBeGreaterThan(0);
  expect(await catchUp(scene.ctx, { again: true }, effects)).toBe(0);
  for (const of of ["", account]) await feedAccount(scene.ctx, of, scene.gateway, effects);
  await agree(account);
  expect(await clearingOf(account)).toEqual([]);
});
