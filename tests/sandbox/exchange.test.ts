import type Stripe from "stripe";
import { expect, test } from "vitest";
import { convertMinor, exponentOf, majorOf } from "#sandbox/money/currency";
import { readyAccount, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;
const rates = { eur: "1.0832", jpy: "0.00671" };

async function settlingInDollars(name: string): Promise<Stripe> {
  await sandbox.admin("/settings", { settlement: { currency: "usd", rates } }, name);
  return sandbox.client(name);
}

const pay = (amount: number, currency: string) => ({
  ...{ amount, currency, payment_method: "pm_card_bypassPending", confirm: true },
  expand: ["latest_charge.balance_transaction"],
});

function rowOf(intent: Stripe.PaymentIntent): Stripe.BalanceTransaction {
  const charge = intent.latest_charge as Stripe.Charge;
  return charge.balance_transaction as Stripe.BalanceTransaction;
}

test("currencies have 0, 2 or 3 places, and Stripe's exceptions keep two", () => {
  expect(["usd", "jpy", "kwd", "isk", "ugx"].map(exponentOf)).toEqual([2, 0, 3, 2, 2]);
  expect([majorOf(1050, "usd"), majorOf(-5, "usd"), majorOf(1050, "jpy")]).toEqual([
    "10.50",
    "-0.05",
    "1050",
  ]);
});

test("an amount converts to the nearest unit, and out and back are the same", () => {
  expect(convertMinor(10_000, "eur", "usd", "1.0832")).toBe(10_832);
  expect(convertMinor(5000, "jpy", "usd", "0.00671")).toBe(3355);
  expect(convertMinor(3355, "usd", "jpy", "149.03")).toBe(5000);
  expect(convertMinor(-12_345, "eur", "usd", "1.0832")).toBe(
    -convertMinor(12_345, "eur", "usd", "1.0832"),
  );
});

test("a payment in another currency settles in the account's own, fee and all", async () => {
  const stripe = await settlingInDollars("x1");
  const intent = await stripe.paymentIntents.create(pay(10_000, "eur"));
  expect(intent).toMatchObject({ amount: 10_000, currency: "eur" });
  // 320 cents of a euro are 346.624 cents of a dollar.
  expect(rowOf(intent)).toMatchObject({
    ...{ amount: 10_832, fee: 347, net: 10_485, currency: "usd", exchange_rate: 1.0832 },
    fee_details: [{ amount: 347, currency: "usd" }],
  });
  const balance = await stripe.balance.retrieve();
  expect(balance.available).toMatchObject([{ amount: 10_485, currency: "usd" }]);
});

test("a refund goes back at the rate of its own day", async () => {
  const stripe = await settlingInDollars("x2");
  const { id } = await stripe.paymentIntents.create(pay(10_000, "eur"));
  const later = { currency: "usd", rates: { eur: "1.10" } };
  await sandbox.admin("/settings", { settlement: later }, "x2");
  const refund = await stripe.refunds.create({
    ...{ payment_intent: id, expand: ["balance_transaction"] },
  });
  expect(refund).toMatchObject({
    ...{ amount: 10_000, currency: "eur" },
    balance_transaction: { amount: -11_000, currency: "usd", exchange_rate: 1.1 },
  });
});

test("yen, which have no cents, settle in dollars", async () => {
  const stripe = await settlingInDollars("x3");
  const intent = await stripe.paymentIntents.create(pay(5000, "jpy"));
  expect(rowOf(intent)).toMatchObject({ amount: 3355, currency: "usd", exchange_rate: 0.00671 });
});

test("what a payment settled as bounds the transfers it pays for", async () => {
  const stripe = await settlingInDollars("x4");
  const destination = await readyAccount(sandbox, "x4");
  const intent = await stripe.paymentIntents.create(pay(10_000, "eur"));
  const source_transaction = (intent.latest_charge as Stripe.Charge).id;
  const send = (amount: number, currency: string) =>
    stripe.transfers.create({ amount, currency, destination, source_transaction });
  expect(await send(100, "eur").catch(failure)).toMatchObject({ param: "currency" });
  expect(await send(10_833, "usd").catch(failure)).toMatchObject({ code: "transfers_not_allowed" });
  expect(await send(10_832, "usd")).toMatchObject({ amount: 10_832, currency: "usd" });
});

test("a currency without a rate is refused before anything is taken", async () => {
  const stripe = await settlingInDollars("x5");
  const error = await stripe.paymentIntents.create(pay(10_000, "gbp")).catch(failure);
  expect(error).toMatchObject({ statusCode: 400, param: "currency" });
  expect((await stripe.charges.list()).data).toEqual([]);
});
