import type Stripe from "stripe";
import { expect, test } from "vitest";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;
const hundred = { amount: 10_000, currency: "usd" };
const held = {
  ...{ ...hundred, payment_method: "pm_card_visa", confirm: true },
  capture_method: "manual",
} as const;

test("19: a manual payment waits to be captured, and only then is in the ledger", async () => {
  const stripe = sandbox.client("c19");
  const intent = await stripe.paymentIntents.create({ ...held, expand: ["latest_charge"] });
  expect(intent).toMatchObject({
    ...{ status: "requires_capture", amount_capturable: 10_000, amount_received: 0 },
    latest_charge: { captured: false, balance_transaction: null, paid: true },
  });
  expect((await stripe.balanceTransactions.list()).data).toEqual([]);
  const done = await stripe.paymentIntents.capture(intent.id, { expand: ["latest_charge"] });
  expect(done).toMatchObject({
    ...{ status: "succeeded", amount_capturable: 0, amount_received: 10_000 },
    latest_charge: { captured: true, amount_captured: 10_000 },
  });
  expect((await stripe.balance.retrieve()).pending).toMatchObject([{ amount: 9680 }]);
  const again = await stripe.paymentIntents.capture(intent.id).catch(failure);
  expect(again).toMatchObject({ statusCode: 400, code: "payment_intent_unexpected_state" });
});

test("19: a part can be captured, never more, and no more than it can be refunded", async () => {
  const stripe = sandbox.client("c19b");
  const { id } = await stripe.paymentIntents.create(held);
  const over = await stripe.paymentIntents
    .capture(id, { amount_to_capture: 10_001 })
    .catch(failure);
  expect(over).toMatchObject({ statusCode: 400, code: "amount_too_large" });
  const part = await stripe.paymentIntents.capture(id, { amount_to_capture: 6000 });
  expect(part.amount_received).toBe(6000);
  expect((await stripe.balance.retrieve()).pending).toMatchObject([{ amount: 6000 - 204 }]);
  const much = await stripe.refunds.create({ payment_intent: id, amount: 6001 }).catch(failure);
  expect(much).toMatchObject({ statusCode: 400, param: "amount" });
  await stripe.refunds.create({ payment_intent: id });
  expect((await stripe.balance.retrieve()).pending).toMatchObject([{ amount: -204 }]);
});

test("19: what is not captured within a week goes back to the card", async () => {
  const stripe = sandbox.client("c19c");
  const { id } = await stripe.paymentIntents.create(held);
  const early = await stripe.refunds.create({ payment_intent: id }).catch(failure);
  expect(early).toMatchObject({ statusCode: 400 });
  await sandbox.admin("/clock", { advance_seconds: 7 * 86_400 + 1 }, "c19c");
  const intent = await stripe.paymentIntents.retrieve(id, { expand: ["latest_charge"] });
  expect(intent).toMatchObject({
    ...{ status: "canceled", cancellation_reason: "automatic" },
    latest_charge: { refunded: true, amount_refunded: 10_000 },
  });
  expect((await stripe.balanceTransactions.list()).data).toEqual([]);
});

test("20: the ledger row of a charge can come seconds after it, announced by charge.updated", async () => {
  const stripe = sandbox.client("c20");
  await sandbox.admin("/settings", { balance_transaction_delay_seconds: 5 }, "c20");
  const intent = await stripe.paymentIntents.create({
    ...{ ...hundred, payment_method: "pm_card_visa", confirm: true, expand: ["latest_charge"] },
  });
  const charge = intent.latest_charge as Stripe.Charge;
  expect(charge.balance_transaction).toBeNull();
  await sandbox.admin("/clock", { advance_seconds: 6 }, "c20");
  const later = await stripe.charges.retrieve(charge.id, { expand: ["balance_transaction"] });
  expect(later.balance_transaction).toMatchObject({ amount: 10_000, fee: 320, net: 9680 });
  const [updated] = (await stripe.events.list({ type: "charge.updated" })).data;
  expect(updated?.data.previous_attributes).toEqual({ balance_transaction: null });
});

test("21: Stripe's fee is rounded half up, and follows the country of the merchant", async () => {
  const stripe = sandbox.client("c21");
  const feeOn = async (amount: number) => {
    const intent = await stripe.paymentIntents.create({
      ...{ amount, currency: "usd", payment_method: "pm_card_visa", confirm: true },
      expand: ["latest_charge.balance_transaction"],
    });
    const charge = intent.latest_charge as Stripe.Charge;
    return (charge.balance_transaction as Stripe.BalanceTransaction).fee;
  };
  expect([await feeOn(10_000), await feeOn(4500), await feeOn(50)]).toEqual([320, 161, 31]);
  const fees = { US: { percent: "1.5", fixed_minor: 25 } };
  await sandbox.admin("/settings", { fees }, "c21");
  expect(await feeOn(10_000)).toBe(175);
});

test("22: what is taken is available at a UTC midnight, and pending until then", async () => {
  const stripe = sandbox.client("c22");
  await stripe.paymentIntents.create({ ...hundred, payment_method: "pm_card_visa", confirm: true });
  const [row] = (await stripe.balanceTransactions.list()).data;
  expect(row?.status).toBe("pending");
  expect((row?.available_on ?? 1) % 86_400).toBe(0);
  await sandbox.admin("/clock", { to: row?.available_on }, "c22");
  expect((await stripe.balanceTransactions.retrieve(row?.id ?? "")).status).toBe("available");
  const [event] = (await stripe.events.list({ type: "balance.available" })).data;
  expect(event?.data.object).toMatchObject({ available: [{ amount: 9680, currency: "usd" }] });
});

test("an intent can be changed until it is paid, and its words after that", async () => {
  const stripe = sandbox.client("cupd");
  const { id } = await stripe.paymentIntents.create(hundred);
  const changed = await stripe.paymentIntents.update(id, {
    ...{ amount: 2500, payment_method: "pm_card_visa", metadata: { order: "7" } },
    shipping: { name: "Ada", address: { city: "Turin", country: "IT" } },
  });
  expect(changed).toMatchObject({
    ...{ amount: 2500, status: "requires_confirmation", metadata: { order: "7" } },
    shipping: { address: { city: "Turin" } },
  });
  await stripe.paymentIntents.confirm(id);
  const late = await stripe.paymentIntents.update(id, { amount: 3000 }).catch(failure);
  expect(late).toMatchObject({ statusCode: 400, param: "amount" });
  const noted = await stripe.paymentIntents.update(id, { description: "Two lamps" });
  expect(noted.description).toBe("Two lamps");
});

test("a refund can wait or come back, with a row for each", async () => {
  const stripe = sandbox.client("cref");
  const pay = (payment_method: string) =>
    stripe.paymentIntents.create({ ...hundred, payment_method, confirm: true });
  const waiting = await pay("pm_card_pendingRefund");
  const refund = await stripe.refunds.create({ payment_intent: waiting.id });
  expect(refund.status).toBe("pending");
  const failing = await pay("pm_card_refundFail");
  const doomed = await stripe.refunds.create({ payment_intent: failing.id });
  expect(doomed.status).toBe("succeeded");
  await sandbox.admin("/clock", { advance_seconds: 61 }, "cref");
  expect((await stripe.refunds.retrieve(refund.id)).status).toBe("succeeded");
  const failed = await stripe.refunds.retrieve(doomed.id, {
    expand: ["failure_balance_transaction"],
  });
  expect(failed).toMatchObject({
    status: "failed",
    failure_balance_transaction: { type: "refund_failure", amount: 10_000 },
  });
  expect((await stripe.balance.retrieve()).pending).toMatchObject([{ amount: 19_360 - 10_000 }]);
});

test("a charge can be made without an intent, held, captured and refused", async () => {
  const stripe = sandbox.client("cdirect");
  const charge = await stripe.charges.create({ ...hundred, source: "tok_visa", capture: false });
  expect(charge).toMatchObject({ captured: false, payment_intent: null, paid: true });
  const part = await stripe.charges.capture(charge.id, { amount: 4000 });
  expect(part).toMatchObject({ captured: true, amount_captured: 4000 });
  await stripe.refunds.create({ charge: charge.id });
  const again = await stripe.charges.capture(charge.id).catch(failure);
  expect(again).toMatchObject({ statusCode: 400, code: "charge_already_captured" });
  const error = await stripe.charges
    .create({ ...hundred, source: "tok_chargeDeclinedInsufficientFunds" })
    .catch(failure);
  expect(error).toMatchObject({ statusCode: 402, decline_code: "insufficient_funds" });
  const [failed] = (await stripe.charges.list()).data;
  expect(failed).toMatchObject({ status: "failed", failure_code: "card_declined" });
});
