import Stripe from "stripe";
import { expect, test } from "vitest";
import { faultsIn } from "#tests/sandbox/sdk/check-value";
import { readSdkTypes } from "#tests/sandbox/sdk/watch-answers";
import { payingCustomer, readyAccount, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

/** Where each object is read. */
const answers = [
  "/v1/customers",
  "/v1/products",
  "/v1/prices",
  "/v1/prices?expand[]=data.tiers&expand[]=data.product",
  "/v1/billing/meters",
  "/v1/subscriptions?status=all",
  "/v1/subscriptions?expand[]=data.latest_invoice.payments&expand[]=data.customer",
  "/v1/subscription_items",
  "/v1/invoices",
  "/v1/invoices?expand[]=data.confirmation_secret",
  "/v1/invoice_payments",
  "/v1/payment_intents?expand[]=data.latest_charge",
  "/v1/payment_methods",
  "/v1/charges",
  "/v1/charges?expand[]=data.refunds",
  "/v1/refunds",
  "/v1/application_fees",
  "/v1/balance",
  "/v1/balance_transactions",
  "/v1/transfers",
  "/v1/transfers?expand[]=data.source_transaction",
  "/v1/payouts?expand[]=data.destination",
  "/v1/topups",
  "/v1/disputes?expand[]=data.charge",
  "/v1/reviews",
  "/v1/radar/early_fraud_warnings",
  "/v1/radar/value_lists",
  "/v1/balance_settings",
  "/v1/reporting/report_types",
  "/v1/reporting/report_runs",
  "/v1/files",
  "/v1/balance_transactions?expand[]=data.source",
  "/v1/checkout/sessions",
  "/v1/checkout/sessions?expand[]=data.line_items",
  "/v1/webhook_endpoints",
  "/v1/accounts",
  "/v2/core/accounts",
] as const;

test("5: every field is there, decimals are text, and nothing the SDK does not know", async () => {
  const types = readSdkTypes();
  const stripe = sandbox.client("contract");
  await liveALittle(stripe);
  const wrong: string[] = [];
  for (const path of answers) {
    const response = await fetch(`${sandbox.url}${path}`, {
      headers: { authorization: "Bearer sk_test_contract" },
    });
    const body = (await response.json()) as { data?: unknown[] };
    expect(response.status, path).toBe(200);
    if (Array.isArray(body.data)) expect(body.data.length, path).toBeGreaterThan(0);
    wrong.push(...faultsIn(types, body, path));
  }
  expect([...new Set(wrong)].slice(0, 40)).toEqual([]);
}, 60_000);

/** Makes one of everything, some of it gone wrong. */
async function liveALittle(stripe: Stripe): Promise<void> {
  await stripe.webhookEndpoints.create({ url: "http://127.0.0.1:9/", enabled_events: ["*"] });
  const account = await stripe.v2.core.accounts.create({
    contact_email: "ada@acme.test",
    display_name: "Acme",
    configuration: {
      customer: {},
      merchant: { capabilities: { card_payments: { requested: true } } },
    },
  });
  const meter = await stripe.billing.meters.create({
    display_name: "Calls",
    event_name: "calls",
    default_aggregation: { formula: "sum" },
  });
  const seat = await stripe.prices.create({
    currency: "usd",
    unit_amount: 1500,
    recurring: { interval: "month" },
    product_data: { name: "Team" },
  });
  const usage = await stripe.prices.create({
    currency: "usd",
    billing_scheme: "tiered",
    tiers_mode: "graduated",
    tiers: [
      { up_to: 10, unit_amount: 0 },
      { up_to: "inf", unit_amount_decimal: Stripe.Decimal.from("0.5") },
    ],
    product: String(seat.product),
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
  });
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    customer_account: account.id,
    line_items: [{ price: seat.id, quantity: 2 }, { price: usage.id }],
    success_url: "http://shop.test/done",
  });
  await sandbox.admin(`/checkout/${session.id}/complete`, { card: "4000000000009995" }, "contract");
  await sandbox.admin(`/checkout/${session.id}/complete`, {}, "contract");
  await sandbox.admin(`/accounts/${account.id}/onboard`, {}, "contract");
  const failing = await payingCustomer(stripe, "pm_card_chargeCustomerFail");
  const items = [{ price: seat.id }];
  await stripe.subscriptions.create({ customer: failing.id, items });
  await stripe.subscriptions.create({ customer: failing.id, items, trial_period_days: 3 });
  const { customer } = await stripe.checkout.sessions.retrieve(session.id);
  const payload = { stripe_customer_id: String(customer), value: "12" };
  await stripe.billing.meterEvents.create({ event_name: "calls", payload });
  const [charge] = (await stripe.charges.list({ customer: String(customer) })).data;
  await stripe.refunds.create({ charge: charge?.id ?? "", amount: 100 });
  await stripe.paymentIntents.create(
    {
      amount: 1000,
      currency: "usd",
      application_fee_amount: 100,
      payment_method: "pm_card_visa",
      confirm: true,
    },
    { stripeAccount: account.id },
  );
  await moveMoney(stripe, await readyAccount(sandbox, "contract"));
  await sandbox.admin("/clock", { advance_seconds: 40 * 86_400 }, "contract");
}

/** Sends money every way it can go. */
async function moveMoney(stripe: Stripe, account: string): Promise<void> {
  const platform = await stripe.accounts.retrieveCurrent();
  await stripe.accounts.createExternalAccount(platform.id, { external_account: "btok_us" });
  const pay = (payment_method: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
    stripe.paymentIntents.create({
      ...{ amount: 9000, currency: "usd", payment_method, confirm: true },
      ...more,
    });
  const { latest_charge: charge } = await pay("pm_card_visa", {
    ...{ application_fee_amount: 900, transfer_data: { destination: account } },
  });
  await stripe.refunds.create({
    ...{ charge: String(charge), amount: 3000, reverse_transfer: true },
    refund_application_fee: true,
  });
  await pay("pm_card_bypassPending", { capture_method: "manual" });
  await pay("pm_card_bypassPending");
  await pay("pm_card_createDispute");
  await pay("pm_card_createDisputeInquiry");
  await pay("pm_card_createIssuerFraudRecord");
  await pay("pm_card_riskLevelElevated");
  await pay("pm_card_riskLevelElevated");
  await stripe.topups.create({ amount: 5000, currency: "usd" });
  await stripe.transfers
    .create({ amount: 500, currency: "usd", destination: account })
    .catch(() => {});
  await stripe.reporting.reportRuns.create({
    report_type: "balance.summary.1",
    parameters: { interval_start: 1, interval_end: 2 },
  });
  const list = await stripe.radar.valueLists.create({ alias: "a", name: "A" });
  await stripe.radar.valueListItems.create({ value_list: list.id, value: "x" });
}
