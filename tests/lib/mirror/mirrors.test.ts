import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Prisma } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import type { Inbox } from "#lib/events/inbox-worker";
import { adoptCustomer } from "#lib/mirror/adopt-customer";
import { adoptOrphans } from "#lib/mirror/adopt-through";
import { compareObjects } from "#lib/mirror/compare-objects";
import { createConverger } from "#lib/mirror/create-converger";
import { mirrors, mirrorTables } from "#lib/mirror/mirrors";
import type { StripeObjectType } from "#lib/stripe/object-types";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";
import { newOwner } from "#tests/support/people";

type Declared = {
  table: string;
  columns: Record<string, { type: string }>;
  silent?: string[];
  parts?: { table: string; parent: string; columns: Record<string, { type: string }> }[];
};
const declared = Object.entries(mirrors) as unknown as [StripeObjectType, Declared][];
const types: Record<string, string> = { timestamptz: "timestamp with time zone" };
const common = {
  ...{ account: "text", id: "text", tenant_id: "text", object: "json" },
};
const whole = {
  ...common,
  ...{ created_at: types.timestamptz!, instant: types.timestamptz!, is_deleted: "boolean" },
};

let world: World;
let inbox: Inbox;

beforeAll(async () => {
  world = await openWorld();
  inbox = world.startWorker();
}, 60_000);
afterAll(() => world.close());

test.each(declared)("the table of a mirrored %s holds what is declared", async (_type, mirror) => {
  expect(await columnsOf(mirror.table)).toEqual({ ...whole, ...typesOf(mirror.columns) });
  for (const { table, parent, columns } of mirror.parts ?? []) {
    const expected = { ...common, [parent]: "text", ...typesOf(columns) };
    expect(await columnsOf(table)).toEqual(expected);
  }
});

test("what a mirror holds of two to four kilobytes is kept as it is, in its row", async () => {
  const client = new pg.Client({ connectionString: world.database.superUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relname = any($1)
      and not coalesce(reloptions, '{}') @> array['toast_tuple_target=4096']`,
    [mirrorTables],
  );
  await client.end();
  expect(rows.map(({ name }) => name)).toEqual([]);
});

function typesOf(columns: Declared["columns"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, { type }]) => [name, types[type] ?? type]),
  );
}

async function columnsOf(table: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: world.database.superUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string; type: string }>(
    `select column_name as name, data_type as type from information_schema.columns
      where table_name = $1`,
    [table],
  );
  await client.end();
  return Object.fromEntries(rows.map(({ name, type }) => [name, type]));
}

test("every object a platform and its account made is mirrored as Stripe has it", async () => {
  const { stripe, gateway, system } = world;
  const { owner } = await newOwner(system);
  await publishPlans(world);
  const account = await onboard(owner.tenantId);
  await liveThere(account);
  await liveHere();
  await world.settle(inbox);

  const seen = new Map<string, number>();
  for (const [type, mirror] of declared) {
    const rows = await rowsOf(mirror.table);
    const converger = createConverger(type, mirrors[type] as never, {});
    for (const row of rows) {
      const live = await converger.fetch(gateway, row);
      const isGone = live === null || (live as { deleted?: boolean }).deleted === true;
      expect([type, row.id, row.isDeleted]).toEqual([type, row.id, isGone]);
      if (!isGone) {
        const told = compareObjects(row.object, live, mirror);
        expect(told, `${type} ${row.id}`).toEqual([]);
      }
      if (row.account) expect(row.tenantId).toBe(owner.tenantId);
    }
    seen.set(type, rows.length);
  }
  // Stripe tells of no balance transactions; they are read with what they belong to.
  const silent = declared.map(([type]) => type).filter((type) => !seen.get(type));
  expect(silent).toEqual(["balance_transaction"]);
  expect(await stripe.balanceTransactions.list()).toMatchObject({ object: "list" });
}, 60_000);

type Row = {
  account: string;
  id: string;
  tenantId: string | null;
  isDeleted: boolean;
  object: unknown;
};

function rowsOf(table: string): Promise<Row[]> {
  return view(
    world.system,
    (tx) => tx.$queryRaw<Row[]>`select account, id, tenant_id as "tenantId",
      is_deleted as "isDeleted", object from ${Prisma.raw(table)}`,
  );
}

/** The tenant's account, able to take money. */
async function onboard(tenantId: string): Promise<string> {
  const { stripe, act, system } = world;
  const { id } = await stripe.v2.core.accounts.create({
    contact_email: "owner@example.com",
    display_name: "Northbeam",
    identity: { country: "us" },
    dashboard: "express",
    defaults: {
      responsibilities: { fees_collector: "application", losses_collector: "application" },
    },
    configuration: {
      merchant: { capabilities: { card_payments: { requested: true } } },
      recipient: {
        capabilities: { stripe_balance: { stripe_transfers: { requested: true } } },
      },
    },
  });
  await transact(system, "test.know-account", (tx) =>
    tx.tenant.update({ where: { id: tenantId }, data: { stripeAccountId: id } }),
  );
  await act(`accounts/${id}/onboard`);
  return id;
}

/** A shop's day: a customer, payments, a refund, a dispute, a payout, an invoice and its credit. */
async function liveThere(account: string): Promise<void> {
  const { stripe } = world;
  const on = { stripeAccount: account };
  const customer = await stripe.customers.create({ name: "A buyer" }, on);
  const method = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id }, on);
  const pay = (payment_method: string, amount: number) =>
    stripe.paymentIntents.create(
      {
        ...{ amount, currency: "usd", payment_method, confirm: true, off_session: false },
        ...{ customer: customer.id, application_fee_amount: 100 },
        automatic_payment_methods: { enabled: true, allow_redirects: "never" },
      },
      on,
    );
  const paid = await pay(method.id, 10_000);
  await stripe.refunds.create({ payment_intent: paid.id, amount: 2_500 }, on);
  await pay("pm_card_createDispute", 7_000);
  const { latest_charge: charge } = await pay("pm_card_bypassPending", 50_000);
  await world.act("early-fraud-warnings", { charge });
  await stripe.payouts.create({ amount: 20_000, currency: "usd" }, on);
  const gone = await stripe.customers.create({ name: "Gone" }, on);
  await stripe.customers.del(gone.id, {}, on);
  await stripe.invoiceItems.create({ customer: customer.id, amount: 900, currency: "usd" }, on);
  const draft = await stripe.invoices.create(
    {
      ...{ customer: customer.id, default_payment_method: method.id },
      pending_invoice_items_behavior: "include",
    },
    on,
  );
  await stripe.invoices.pay(draft.id, {}, on);
  await stripe.creditNotes.create({ invoice: draft.id, amount: 400, credit_amount: 400 }, on);
}

/** The platform's own: a subscription with a feature and a schedule, a session, a transfer. */
async function liveHere(): Promise<void> {
  const { stripe } = world;
  const customer = await stripe.customers.create({ name: "A payer" });
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  const product = await stripe.products.create({ name: "Seats" });
  const feature = await stripe.entitlements.features.create({ name: "Sso", lookup_key: "sso" });
  await stripe.products.createFeature(product.id, { entitlement_feature: feature.id });
  const price = await stripe.prices.create({
    ...{ product: product.id, currency: "usd", unit_amount: 1_500 },
    recurring: { interval: "month" },
  });
  const subscription = await stripe.subscriptions.create({
    ...{ customer: customer.id, default_payment_method: card.id, items: [{ price: price.id }] },
  });
  await stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
  const session = await stripe.checkout.sessions.create({
    ...{ mode: "payment", success_url: "https://example.com", customer: customer.id },
    line_items: [
      {
        quantity: 1,
        price_data: { currency: "usd", unit_amount: 500, product_data: { name: "Once" } },
      },
    ],
  });
  await stripe.checkout.sessions.expire(session.id);
  await stripe.paymentIntents.create({
    ...{ amount: 90_000, currency: "usd", payment_method: "pm_card_bypassPending" },
    ...{ confirm: true, automatic_payment_methods: { enabled: true, allow_redirects: "never" } },
  });
  const [account] = (await stripe.accounts.list()).data;
  await stripe.transfers.create({ amount: 5_000, currency: "usd", destination: account!.id });
  await stripe.topups.create({ amount: 7_000, currency: "usd" });
}

test("what a customer paid is its tenant's, though whose it was is learned later", async () => {
  const { system } = world;
  const { owner } = await newOwner(system);
  const paid = await world.stripe.paymentIntents.create({
    ...{ amount: 4_000, currency: "usd", payment_method: "pm_card_visa", confirm: true },
    customer: (await world.stripe.customers.create({ name: "Later" })).id,
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
  });
  await world.settle(inbox);
  const charge = () =>
    view(system, (tx) => tx.stripeCharge.findFirstOrThrow({ where: { paymentIntentId: paid.id } }));
  expect((await charge()).tenantId).toBeNull();
  await transact(system, "test.learn", (tx) =>
    adoptCustomer(tx, String(paid.customer), owner.tenantId),
  );
  expect((await charge()).tenantId).toBe(owner.tenantId);
  // As two workers leave it that write a charge and its refund at once.
  const { id } = await world.stripe.refunds.create({ payment_intent: paid.id, amount: 500 });
  await world.settle(inbox);
  const refund = { where: { account_id: { account: "", id } } };
  await transact(system, "test.race", async (tx) => {
    const { tenantId } = owner;
    await tx.stripeCharge.updateMany({ where: { paymentIntentId: paid.id }, data: { tenantId } });
    await tx.stripeRefund.update({ ...refund, data: { tenantId: null } });
  });
  await adoptOrphans(system);
  const found = await view(system, (tx) => tx.stripeRefund.findUniqueOrThrow(refund));
  expect(found.tenantId).toBe(owner.tenantId);
  // It is what the tenant paid, not what it took.
  const facts = await view(system, (tx) =>
    tx.fact.findMany({ where: { tenantId: owner.tenantId } }),
  );
  expect(facts).toEqual([]);
});
