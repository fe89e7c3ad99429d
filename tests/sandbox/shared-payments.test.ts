import type Stripe from "stripe";
import { expect, test } from "vitest";
import {
  monthlyPrice,
  payingCustomer,
  readyAccount,
  type TestStripe,
  withSandbox,
} from "#tests/sandbox/with-sandbox";

const sandbox: TestStripe = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;
const card = { payment_method: "pm_card_visa", confirm: true } as const;
const hundred = { amount: 10_000, currency: "usd", ...card };

/** The net of everything in an account's ledger. */
async function netOf(stripe: Stripe, stripeAccount?: string): Promise<number> {
  const options = stripeAccount === undefined ? {} : { stripeAccount };
  const rows = await stripe.balanceTransactions.list({ limit: 100 }, options);
  return rows.data.reduce((sum, { net }) => sum + net, 0);
}

async function typesOf(stripe: Stripe, stripeAccount?: string) {
  const options = stripeAccount === undefined ? {} : { stripeAccount };
  const rows = await stripe.balanceTransactions.list({ limit: 100 }, options);
  return rows.data.map(({ type, amount, fee, net }) => [type, amount, fee, net]).reverse();
}

async function begin(name: string) {
  return { stripe: sandbox.client(name), account: await readyAccount(sandbox, name) };
}

test("59: of a destination charge the platform nets 680 and the connected account 9000", async () => {
  const { stripe, account } = await begin("s59");
  const intent = await stripe.paymentIntents.create({
    ...{ ...hundred, application_fee_amount: 1000, transfer_data: { destination: account } },
    expand: ["latest_charge.transfer"],
  });
  expect(await typesOf(stripe)).toEqual(
    expect.arrayContaining([
      ["charge", 10_000, 320, 9680],
      ["transfer", -10_000, 0, -10_000],
      ["application_fee", 1000, 0, 1000],
    ]),
  );
  expect(await netOf(stripe)).toBe(680);
  expect(await typesOf(stripe, account)).toEqual([["payment", 10_000, 1000, 9000]]);
  expect((await stripe.balance.retrieve()).pending).toMatchObject([{ amount: 680 }]);
  const there = await stripe.balance.retrieve({}, { stripeAccount: account });
  expect(there.pending).toMatchObject([{ amount: 9000 }]);

  const charge = intent.latest_charge as Stripe.Charge;
  const transfer = charge.transfer as Stripe.Transfer;
  expect(transfer).toMatchObject({ amount: 10_000, source_transaction: charge.id });
  const payment = await stripe.charges.retrieve(
    String(transfer.destination_payment),
    {},
    { stripeAccount: account },
  );
  expect(payment).toMatchObject({ source_transfer: transfer.id, application_fee_amount: 1000 });
  expect(payment.id).toMatch(/^py_/);
  const [fee] = (await stripe.applicationFees.list()).data;
  expect(fee).toMatchObject({ originating_transaction: charge.id, charge: payment.id, account });
});

test("60: with an amount named only that moves, and there is no application fee", async () => {
  const { stripe, account } = await begin("s60");
  await stripe.paymentIntents.create({
    ...{ ...hundred, transfer_data: { destination: account, amount: 9000 } },
  });
  expect(await netOf(stripe)).toBe(680);
  expect(await netOf(stripe, account)).toBe(9000);
  expect((await stripe.applicationFees.list()).data).toEqual([]);
  const both = await stripe.paymentIntents
    .create({
      ...{
        ...hundred,
        application_fee_amount: 1,
        transfer_data: { destination: account, amount: 2 },
      },
    })
    .catch(failure);
  expect(both).toMatchObject({ statusCode: 400, param: "transfer_data[amount]" });
});

test("61: where the application collects fees, a direct charge costs the platform", async () => {
  const stripe = sandbox.client("s61");
  const account = await readyAccount(sandbox, "s61", {
    defaults: {
      responsibilities: { fees_collector: "application", losses_collector: "application" },
    },
  });
  const there = { stripeAccount: account };
  await stripe.paymentIntents.create({ ...hundred, application_fee_amount: 1000 }, there);
  expect(await netOf(stripe, account)).toBe(9000);
  expect(await netOf(stripe)).toBe(680);
});

test("62: fee and transfer stay where they are unless a refund asks for them", async () => {
  const { stripe, account } = await begin("s62");
  const pay = () =>
    stripe.paymentIntents.create({
      ...{ ...hundred, application_fee_amount: 1000, transfer_data: { destination: account } },
    });
  const plain = await pay();
  await stripe.refunds.create({ payment_intent: plain.id });
  expect(await netOf(stripe)).toBe(680 - 10_000);
  expect(await netOf(stripe, account)).toBe(9000);

  const whole = await pay();
  const refund = await stripe.refunds.create({
    ...{ payment_intent: whole.id, reverse_transfer: true, refund_application_fee: true },
  });
  expect(refund.transfer_reversal).toMatch(/^trr_/);
  expect(await netOf(stripe)).toBe(680 - 10_000 + 680 - 10_000 + 10_000 - 1000);
  expect(await netOf(stripe, account)).toBe(9000);
  const [fee] = (await stripe.applicationFees.list()).data;
  expect(fee).toMatchObject({ amount_refunded: 1000, refunded: true });
});

test("62: a partial refund takes its share of the fee and the transfer, the last the rest", async () => {
  const { stripe, account } = await begin("s62b");
  const { id } = await stripe.paymentIntents.create({
    ...{ ...hundred, application_fee_amount: 1001, transfer_data: { destination: account } },
  });
  const back = { payment_intent: id, reverse_transfer: true, refund_application_fee: true };
  await stripe.refunds.create({ ...back, amount: 3333 });
  expect(await netOf(stripe, account)).toBe(10_000 - 1001 - 3333 + 333);
  await stripe.refunds.create(back);
  expect(await netOf(stripe, account)).toBe(0);
  expect(await netOf(stripe)).toBe(-320);
});

test("62: a direct charge's fee comes back only with refund_application_fee", async () => {
  const { stripe, account } = await begin("s62c");
  const there = { stripeAccount: account };
  const pay = () =>
    stripe.paymentIntents.create({ ...hundred, application_fee_amount: 1000 }, there);
  await stripe.refunds.create({ payment_intent: (await pay()).id }, there);
  expect(await netOf(stripe, account)).toBe(8680 - 10_000);
  expect(await netOf(stripe)).toBe(1000);
  await stripe.refunds.create(
    { payment_intent: (await pay()).id, refund_application_fee: true },
    there,
  );
  expect(await netOf(stripe, account)).toBe(2 * (8680 - 10_000) + 1000);
  expect(await netOf(stripe)).toBe(1000);
});

test("62: a fee can be given back by itself, in parts and not twice", async () => {
  const { stripe, account } = await begin("s62d");
  const there = { stripeAccount: account };
  await stripe.paymentIntents.create({ ...hundred, application_fee_amount: 1000 }, there);
  const [fee] = (await stripe.applicationFees.list()).data;
  const id = fee?.id ?? "";
  await stripe.applicationFees.createRefund(id, { amount: 400 });
  expect([await netOf(stripe), await netOf(stripe, account)]).toEqual([600, 9080]);
  await stripe.applicationFees.createRefund(id);
  const again = await stripe.applicationFees.createRefund(id).catch(failure);
  expect(again).toMatchObject({ statusCode: 400, code: "application_fee_already_refunded" });
  expect((await stripe.applicationFees.listRefunds(id)).data).toHaveLength(2);
});

test("63: a dispute debits whoever made the charge, and transfers stay", async () => {
  const { stripe, account } = await begin("s63");
  const disputed = { ...hundred, payment_method: "pm_card_createDispute" };
  await stripe.paymentIntents.create({ ...disputed, transfer_data: { destination: account } });
  expect(await netOf(stripe)).toBe(10_000 - 320 - 10_000 - 10_000 - 1500);
  expect(await netOf(stripe, account)).toBe(10_000);
  await stripe.paymentIntents.create(disputed, { stripeAccount: account });
  expect(await netOf(stripe, account)).toBe(10_000 + 9680 - 11_500);
  expect((await stripe.disputes.list()).data).toHaveLength(1);
  expect((await stripe.disputes.list({}, { stripeAccount: account })).data).toHaveLength(1);
});

test("66: a transfer needs available funds unless a charge pays for it", async () => {
  const { stripe, account } = await begin("s66");
  await stripe.balanceSettings.update(
    { payments: { payouts: { schedule: { interval: "manual" } } } },
    { stripeAccount: account },
  );
  const { latest_charge: charge } = await stripe.paymentIntents.create(hundred);
  const send = { amount: 5000, currency: "usd", destination: account };
  const early = await stripe.transfers.create(send).catch(failure);
  expect(early).toMatchObject({ statusCode: 400, code: "balance_insufficient" });
  const paid = await stripe.transfers.create({ ...send, source_transaction: String(charge) });
  expect(paid).toMatchObject({ amount: 5000, source_transaction: charge });
  const over = await stripe.transfers
    .create({ ...send, amount: 5001, source_transaction: String(charge) })
    .catch(failure);
  expect(over).toMatchObject({ statusCode: 400 });
  await sandbox.admin("/clock", { advance_seconds: 3 * 86_400 }, "s66");
  await stripe.transfers.create({ ...send, amount: 4680 });
  expect((await stripe.balance.retrieve()).available).toMatchObject([{ amount: 0 }]);
  const there = await stripe.balance.retrieve({}, { stripeAccount: account });
  expect(there.available).toMatchObject([{ amount: 9680 }]);
});

test("66: the card that skips waiting pays for a transfer at once, which can be reversed", async () => {
  const { stripe, account } = await begin("s66b");
  await stripe.paymentIntents.create({ ...hundred, payment_method: "pm_card_bypassPending" });
  const { id } = await stripe.transfers.create({
    ...{ amount: 9000, currency: "usd", destination: account, transfer_group: "order_1" },
  });
  await stripe.transfers.createReversal(id, { amount: 2000 });
  expect([await netOf(stripe), await netOf(stripe, account)]).toEqual([2680, 7000]);
  const over = await stripe.transfers.createReversal(id, { amount: 7001 }).catch(failure);
  expect(over).toMatchObject({ statusCode: 400, param: "amount" });
  await stripe.transfers.createReversal(id);
  const transfer = await stripe.transfers.retrieve(id);
  expect(transfer).toMatchObject({ reversed: true, amount_reversed: 9000 });
  expect(transfer.reversals.data).toHaveLength(2);
  expect((await stripe.transfers.list({ transfer_group: "order_1" })).data).toHaveLength(1);
});

test("64: an account that may not take transfers or cards is not sent any", async () => {
  const stripe = sandbox.client("s64");
  const { id } = await stripe.v2.core.accounts.create({ display_name: "Idle" });
  const send = { amount: 100, currency: "usd", destination: id };
  expect(await stripe.transfers.create(send).catch(failure)).toMatchObject({
    ...{ statusCode: 400, code: "insufficient_capabilities_for_transfer" },
  });
  const passed = { ...hundred, transfer_data: { destination: id } };
  expect(await stripe.paymentIntents.create(passed).catch(failure)).toMatchObject({
    ...{ statusCode: 400, code: "insufficient_capabilities_for_transfer" },
  });
  const behalf = await stripe.paymentIntents
    .create({ ...hundred, on_behalf_of: id })
    .catch(failure);
  expect(behalf).toMatchObject({ statusCode: 400, param: "on_behalf_of" });
  const direct = await stripe.paymentIntents.create(hundred, { stripeAccount: id }).catch(failure);
  expect(direct).toMatchObject({ statusCode: 400, code: "account_capability_required" });
});

test("63: what the platform is owed is debited from an account it carries the losses of", async () => {
  const stripe = sandbox.client("sdebit");
  const account = await readyAccount(sandbox, "sdebit", {
    defaults: {
      responsibilities: { fees_collector: "application", losses_collector: "application" },
    },
  });
  const debit = await stripe.charges.create({ amount: 1500, currency: "usd", source: account });
  expect(debit).toMatchObject({ amount: 1500, paid: true, payment_method: null });
  expect([await netOf(stripe), await netOf(stripe, account)]).toEqual([1500, -1500]);
  const other = await readyAccount(sandbox, "sdebit", { dashboard: "none" });
  const refused = await stripe.charges
    .create({ amount: 1500, currency: "usd", source: other })
    .catch(failure);
  expect(refused).toMatchObject({ statusCode: 400, param: "source" });
});

test("a refund to a card cannot be called off", async () => {
  const stripe = sandbox.client("scancel");
  const { id: payment_intent } = await stripe.paymentIntents.create(hundred);
  const { id } = await stripe.refunds.create({ payment_intent });
  const calls = [() => stripe.refunds.cancel(id), () => stripe.testHelpers.refunds.expire(id)];
  for (const call of calls) expect(await call().catch(failure)).toMatchObject({ statusCode: 400 });
});

test("21: whoever a charge is made on behalf of sets what Stripe takes of it", async () => {
  const stripe = sandbox.client("sbehalf");
  const account = await readyAccount(sandbox, "sbehalf", { identity: { country: "de" } });
  const fees = { DE: { percent: "1.5", fixed_minor: 25 } };
  await sandbox.admin("/settings", { fees }, "sbehalf");
  const intent = await stripe.paymentIntents.create({
    ...{ ...hundred, on_behalf_of: account, transfer_data: { destination: account } },
    ...{ application_fee_amount: 1000, expand: ["latest_charge.balance_transaction"] },
  });
  expect(intent.latest_charge).toMatchObject({
    ...{ on_behalf_of: account, balance_transaction: { fee: 175 } },
  });
  expect(await netOf(stripe)).toBe(1000 - 175);
});

test("19: what is captured of a destination charge is shared as the capture says", async () => {
  const { stripe, account } = await begin("sheld");
  const { id } = await stripe.paymentIntents.create({
    ...{ ...hundred, capture_method: "manual", application_fee_amount: 1000 },
    transfer_data: { destination: account },
  });
  expect((await stripe.transfers.list()).data).toEqual([]);
  await stripe.paymentIntents.capture(id, { amount_to_capture: 6000, application_fee_amount: 600 });
  expect(await netOf(stripe, account)).toBe(5400);
  expect(await netOf(stripe)).toBe(600 - 204);
});

test("20: a share and a transfer are made at once though the ledger row comes late", async () => {
  const { stripe, account } = await begin("slate");
  await sandbox.admin("/settings", { balance_transaction_delay_seconds: 3 }, "slate");
  await stripe.paymentIntents.create({
    ...{ ...hundred, application_fee_amount: 1000, transfer_data: { destination: account } },
  });
  expect([await netOf(stripe), await netOf(stripe, account)]).toEqual([-9000, 9000]);
  await sandbox.admin("/clock", { advance_seconds: 3 }, "slate");
  expect([await netOf(stripe), await netOf(stripe, account)]).toEqual([680, 9000]);
});

test("59: a subscription's invoices are passed on, less the platform's percentage", async () => {
  const { stripe, account } = await begin("ssub");
  const [customer, price] = [await payingCustomer(stripe), await monthlyPrice(stripe, 10_000)];
  const subscription = await stripe.subscriptions.create({
    ...{ customer: customer.id, items: [{ price: price.id }], application_fee_percent: 10 },
    transfer_data: { destination: account },
  });
  expect(subscription).toMatchObject({
    application_fee_percent: 10,
    transfer_data: { destination: account, amount_percent: null },
  });
  expect([await netOf(stripe), await netOf(stripe, account)]).toEqual([680, 9000]);
  await sandbox.admin("/clock", { advance_seconds: 33 * 86_400 }, "ssub");
  expect(await netOf(stripe)).toBe(1360);
  const lost = await stripe.subscriptions
    .create({ customer: customer.id, items: [{ price: price.id }], application_fee_percent: 10 })
    .catch(failure);
  expect(lost).toMatchObject({ statusCode: 400, param: "application_fee_percent" });
});

test("61: a connected account's own subscription leaves the platform its percentage", async () => {
  const { account } = await begin("ssubd");
  const there = sandbox.client("ssubd", { stripeAccount: account });
  const [customer, price] = [await payingCustomer(there), await monthlyPrice(there, 10_000)];
  await there.subscriptions.create({
    ...{ customer: customer.id, items: [{ price: price.id }], application_fee_percent: 2.5 },
  });
  expect(await netOf(there)).toBe(10_000 - 320 - 250);
  expect(await netOf(sandbox.client("ssubd"))).toBe(250);
});
