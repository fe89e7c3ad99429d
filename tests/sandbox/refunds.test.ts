import type Stripe from "stripe";
import { expect, test } from "vitest";
import { monthlyPrice, payingCustomer, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;

async function paidCharge(name: string) {
  const stripe = sandbox.client(name);
  const customer = await payingCustomer(stripe);
  const price = await monthlyPrice(stripe, 10_000);
  await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  const [charge] = (await stripe.charges.list()).data;
  if (charge === undefined) throw new Error("The subscription was paid by a charge.");
  return { stripe, charge };
}

test("23: a refund takes its amount and no fee, and is announced before the charge is", async () => {
  const { stripe, charge } = await paidCharge("f23");
  const refund = await stripe.refunds.create({
    payment_intent: String(charge.payment_intent),
    amount: 4000,
    expand: ["balance_transaction"],
  });
  expect(refund).toMatchObject({
    amount: 4000,
    status: "succeeded",
    balance_transaction: { amount: -4000, fee: 0, net: -4000, type: "refund" },
  });
  const [latest, before] = (await stripe.events.list()).data.map(({ type }) => type);
  expect([before, latest]).toEqual(["refund.created", "charge.refunded"]);
  const partly = await stripe.charges.retrieve(charge.id, { expand: ["refunds"] });
  expect(partly).toMatchObject({ amount_refunded: 4000, refunded: false });
  expect(partly.refunds?.data.map(({ id }) => id)).toEqual([refund.id]);
  expect((await stripe.balance.retrieve()).pending).toMatchObject([
    { amount: 10_000 - 320 - 4000 },
  ]);
});

test("24: more than is left is a 400 naming both amounts, and nothing is left after all", async () => {
  const { stripe, charge } = await paidCharge("f24");
  await stripe.refunds.create({ charge: charge.id, amount: 4000 });
  const over = await stripe.refunds.create({ charge: charge.id, amount: 6001 }).catch(failure);
  expect(over).toMatchObject({ statusCode: 400, param: "amount" });
  expect((over as Error).message).toContain("$60.01");
  expect((over as Error).message).toContain("$60.00");
  await stripe.refunds.create({ charge: charge.id });
  expect((await stripe.charges.retrieve(charge.id)).refunded).toBe(true);
  const again = await stripe.refunds.create({ charge: charge.id }).catch(failure);
  expect(again).toMatchObject({ statusCode: 400, code: "charge_already_refunded" });
  expect((await stripe.refunds.list({ charge: charge.id })).data).toHaveLength(2);
});
