import Stripe from "stripe";
import { beforeAll, expect, test } from "vitest";
import { loadSdkTypes, type SdkTypes } from "#tests/sandbox/sdk-types";
import { payingCustomer, readyAccount, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
let types: SdkTypes;
beforeAll(() => {
  types = loadSdkTypes([...new Set(answers.map(([, name]) => name))]);
}, 120_000);

const v2Page = "next_page_url: string | null; previous_page_url: string | null";

/** Where each object is read, and what the SDK says comes back. */
const answers = [
  ["/v1/customers", "Stripe.ApiList<Stripe.Customer>"],
  ["/v1/products", "Stripe.ApiList<Stripe.Product>"],
  ["/v1/prices", "Stripe.ApiList<Stripe.Price>"],
  ["/v1/prices?expand[]=data.tiers&expand[]=data.product", "Stripe.ApiList<Stripe.Price>"],
  ["/v1/billing/meters", "Stripe.ApiList<Stripe.Billing.Meter>"],
  ["/v1/subscriptions?status=all", "Stripe.ApiList<Stripe.Subscription>"],
  [
    "/v1/subscriptions?expand[]=data.latest_invoice.payments&expand[]=data.customer",
    "Stripe.ApiList<Stripe.Subscription>",
  ],
  ["/v1/subscription_items", "Stripe.ApiList<Stripe.SubscriptionItem>"],
  ["/v1/invoices", "Stripe.ApiList<Stripe.Invoice>"],
  ["/v1/invoices?expand[]=data.confirmation_secret", "Stripe.ApiList<Stripe.Invoice>"],
  ["/v1/invoice_payments", "Stripe.ApiList<Stripe.InvoicePayment>"],
  ["/v1/payment_intents?expand[]=data.latest_charge", "Stripe.ApiList<Stripe.PaymentIntent>"],
  ["/v1/payment_methods", "Stripe.ApiList<Stripe.PaymentMethod>"],
  ["/v1/charges", "Stripe.ApiList<Stripe.Charge>"],
  ["/v1/charges?expand[]=data.refunds", "Stripe.ApiList<Stripe.Charge>"],
  ["/v1/refunds", "Stripe.ApiList<Stripe.Refund>"],
  ["/v1/application_fees", "Stripe.ApiList<Stripe.ApplicationFee>"],
  ["/v1/balance", "Stripe.Balance"],
  ["/v1/balance_transactions", "Stripe.ApiList<Stripe.BalanceTransaction>"],
  ["/v1/transfers", "Stripe.ApiList<Stripe.Transfer>"],
  ["/v1/transfers?expand[]=data.source_transaction", "Stripe.ApiList<Stripe.Transfer>"],
  ["/v1/payouts?expand[]=data.destination", "Stripe.ApiList<Stripe.Payout>"],
  ["/v1/topups", "Stripe.ApiList<Stripe.Topup>"],
  ["/v1/disputes?expand[]=data.charge", "Stripe.ApiList<Stripe.Dispute>"],
  ["/v1/reviews", "Stripe.ApiList<Stripe.Review>"],
  ["/v1/radar/early_fraud_warnings", "Stripe.ApiList<Stripe.Radar.EarlyFraudWarning>"],
  ["/v1/radar/value_lists", "Stripe.ApiList<Stripe.Radar.ValueList>"],
  ["/v1/balance_settings", "Stripe.BalanceSettings"],
  ["/v1/reporting/report_types", "Stripe.ApiList<Stripe.Reporting.ReportType>"],
  ["/v1/reporting/report_runs", "Stripe.ApiList<Stripe.Reporting.ReportRun>"],
  ["/v1/files", "Stripe.ApiList<Stripe.File>"],
  ["/v1/balance_transactions?expand[]=data.source", "Stripe.ApiList<Stripe.BalanceTransaction>"],
  ["/v1/checkout/sessions", "Stripe.ApiList<Stripe.Checkout.Session>"],
  ["/v1/checkout/sessions?expand[]=data.line_items", "Stripe.ApiList<Stripe.Checkout.Session>"],
  ["/v1/webhook_endpoints", "Stripe.ApiList<Stripe.WebhookEndpoint>"],
  ["/v1/accounts", "Stripe.ApiList<Stripe.Account>"],
  ["/v2/core/accounts", `{ data: Stripe.V2.Core.Account[]; ${v2Page} }`],
] as const;

test("the check itself notices what is missing, wrong or made up", () => {
  const price = { object: "price", unit_amount: "12", invented: true };
  const found = types.faultsIn(
    { object: "list", data: [price], has_more: false, url: "/" },
    answers[2][1],
  );
  const said = found.join("\n");
  expect(said).toContain("data[0].id is missing");
  expect(said).toContain('data[0].unit_amount: "12" is not');
  expect(said).toContain("data[0].invented is not in the SDK");
});

test("every answer has every field the SDK declares, and no other", async () => {
  const stripe = sandbox.client("contract");
  await liveALittle(stripe);
  const wrong: string[] = [];
  for (const [path, name] of answers) {
    const response = await fetch(`${sandbox.url}${path}`, {
      headers: { authorization: "Bearer sk_test_contract" },
    });
    const body = (await response.json()) as { data?: unknown[] };
    expect(response.status, path).toBe(200);
    if (Array.isArray(body.data)) expect(body.data.length, path).toBeGreaterThan(0);
    wrong.push(...types.faultsIn(body, name).map((fault) => `${path} ${fault}`));
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
