import { expect, test } from "vitest";
import { payingCustomer, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const day = 86_400;

async function granted(name: string, value = 1000, more = {}) {
  const stripe = sandbox.client(name);
  const customer = await payingCustomer(stripe);
  const meter = await stripe.billing.meters.create({
    display_name: "Calls",
    event_name: "calls",
    default_aggregation: { formula: "sum" },
  });
  const price = await stripe.prices.create({
    currency: "usd",
    unit_amount: 100,
    product_data: { name: "Calls" },
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
  });
  const flat = await stripe.prices.create({
    currency: "usd",
    unit_amount: 2000,
    product_data: { name: "Team" },
    recurring: { interval: "month" },
  });
  const grant = await stripe.billing.creditGrants.create({
    customer: customer.id,
    amount: { type: "monetary", monetary: { currency: "usd", value } },
    applicability_config: { scope: { price_type: "metered" } },
    category: "promotional",
    name: "Welcome",
    ...more,
  });
  const balance = async () => {
    const { balances } = await stripe.billing.creditBalanceSummaries.retrieve({
      customer: customer.id,
      filter: { type: "applicability_scope", applicability_scope: { price_type: "metered" } },
    });
    return balances[0]?.available_balance.monetary?.value;
  };
  const moves = async () =>
    (await stripe.billing.creditBalanceTransactions.list({ customer: customer.id })).data;
  return { stripe, customer, price, flat, grant, balance, moves };
}

test("credit is used on usage alone, when the invoice is final, and the rest stays", async () => {
  const { stripe, customer, price, flat, balance, moves } = await granted("guse");
  expect(await balance()).toBe(1000);
  await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: flat.id }, { price: price.id }],
  });
  expect(await balance()).toBe(1000);
  await stripe.billing.meterEvents.create({
    event_name: "calls",
    payload: { stripe_customer_id: customer.id, value: "7" },
  });
  await sandbox.admin("/clock", { advance_seconds: 32 * day }, "guse");
  const [invoice] = (await stripe.invoices.list()).data;
  expect(invoice).toMatchObject({ subtotal: 2700, total: 2000, amount_paid: 2000 });
  expect(invoice?.total_pretax_credit_amounts).toMatchObject([
    { amount: 700, type: "credit_balance_transaction" },
  ]);
  expect(await balance()).toBe(300);
  expect((await moves())[0]).toMatchObject({
    type: "debit",
    debit: { type: "credits_applied", credits_applied: { invoice: invoice?.id } },
  });
});

test("what is left of a grant goes when it ends, and an unused one can be taken back", async () => {
  const now = Math.floor(Date.now() / 1000);
  const { stripe, grant, balance, moves } = await granted("gend", 500, {
    expires_at: now + 10 * day,
  });
  await sandbox.admin("/clock", { advance_seconds: 11 * day }, "gend");
  expect(await balance()).toBe(0);
  expect((await moves())[0]).toMatchObject({ debit: { type: "credits_expired" } });
  await expect(stripe.billing.creditGrants.voidGrant(grant.id)).rejects.toThrow("voided");
  const other = await granted("gvoid");
  const gone = await other.stripe.billing.creditGrants.voidGrant(other.grant.id);
  expect(gone.voided_at).not.toBeNull();
  expect(await other.balance()).toBeUndefined();
});
