import Stripe from "stripe";
import {
  monthlyPrice,
  payingCustomer,
  readyAccount,
  type TestStripe,
} from "#tests/sandbox/with-sandbox";

/** Makes one of everything, some of it gone wrong. */
export async function liveALittle(sandbox: TestStripe, name: string): Promise<void> {
  const stripe = sandbox.client(name);
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
  await sandbox.admin(`/checkout/${session.id}/complete`, { card: "4000000000009995" }, name);
  await sandbox.admin(`/checkout/${session.id}/complete`, {}, name);
  await sandbox.admin(`/accounts/${account.id}/onboard`, {}, name);
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
  await moveMoney(stripe, await readyAccount(sandbox, name));
  await sandbox.admin("/clock", { advance_seconds: 40 * 86_400 }, name);
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

/** Makes one of everything billing has. */
export async function billALittle(stripe: Stripe): Promise<Record<string, string>> {
  await stripe.testHelpers.testClocks.create({ frozen_time: Math.floor(Date.now() / 1000) });
  const { id: customer } = await payingCustomer(stripe);
  await stripe.customers.update(customer, { address: { country: "DE" } });
  await stripe.customers.createTaxId(customer, { type: "eu_vat", value: "DE123456789" });
  await stripe.customers.createBalanceTransaction(customer, { amount: -100, currency: "usd" });
  await stripe.tax.settings.update({ head_office: { address: { country: "DE" } } });
  await stripe.tax.registrations.create({
    country: "DE",
    country_options: { de: { type: "standard", standard: { place_of_supply_scheme: "standard" } } },
    active_from: "now",
  });
  const calculation = await stripe.tax.calculations.create({
    currency: "usd",
    customer,
    line_items: [{ amount: 1000 }],
  });
  const price = await monthlyPrice(stripe, 3000);
  const product = String(price.product);
  const feature = await stripe.entitlements.features.create({ lookup_key: "sso", name: "SSO" });
  await stripe.products.createFeature(product, { entitlement_feature: feature.id });
  const coupon = await stripe.coupons.create({
    percent_off: 12.5,
    duration: "repeating",
    duration_in_months: 3,
    applies_to: { products: [product] },
  });
  const code = await stripe.promotionCodes.create({
    promotion: { type: "coupon", coupon: coupon.id },
    restrictions: { minimum_amount: 100, minimum_amount_currency: "usd" },
  });
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    discounts: [{ promotion_code: code.id }],
    automatic_tax: { enabled: true },
  });
  const [item] = subscription.items.data;
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item?.id ?? "", quantity: 2 }],
  });
  await stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
  await stripe.invoiceItems.create({ customer, amount: 5000, currency: "usd" });
  const draft = await stripe.invoices.create({
    customer,
    pending_invoice_items_behavior: "include",
  });
  await stripe.invoices.finalizeInvoice(draft.id);
  await stripe.creditNotes.create({ invoice: draft.id, amount: 100 });
  const paid = await stripe.invoices.pay(draft.id);
  const [line] = paid.lines.data;
  await stripe.creditNotes.create({
    invoice: draft.id,
    lines: [{ type: "invoice_line_item", invoice_line_item: line?.id ?? "", amount: 400 }],
    refund_amount: 200,
    credit_amount: 200,
  });
  const settingUp = { customer, payment_method: "pm_card_visa", confirm: true };
  await stripe.setupIntents.create(settingUp);
  await stripe.setupIntents
    .create({ ...settingUp, payment_method: "pm_card_threeDSecure2Required" })
    .catch(() => stripe.setupIntents.create({ customer }));
  await stripe.billingPortal.configurations.create({
    features: { invoice_history: { enabled: true } },
  });
  await stripe.paymentLinks.create({ line_items: [{ price: price.id, quantity: 1 }] });
  await stripe.checkout.sessions.create({
    mode: "subscription",
    line_items: [{ price: price.id, quantity: 1 }],
    ui_mode: "embedded_page",
    return_url: "http://shop.test/back",
    discounts: [{ coupon: coupon.id }],
  });
  const meter = await stripe.billing.meters.create({
    display_name: "Calls",
    event_name: "calls",
    default_aggregation: { formula: "sum" },
  });
  await stripe.billing.meterEvents.create({
    event_name: "calls",
    payload: { stripe_customer_id: customer, value: "3" },
  });
  await stripe.billing.alerts.create({
    alert_type: "usage_threshold",
    title: "Ten",
    usage_threshold: { gte: 10, meter: meter.id, recurrence: "one_time" },
  });
  await stripe.billing.creditGrants.create({
    customer,
    amount: { type: "monetary", monetary: { currency: "usd", value: 500 } },
    applicability_config: { scope: { price_type: "metered" } },
  });
  return {
    CUSTOMER: customer,
    METER: meter.id,
    PRODUCT: product,
    CALCULATION: calculation.id ?? "",
  };
}

/** Makes one of everything banking has, in an account. Answers with the financial account. */
export async function fillBanking(stripe: Stripe, stripeAccount: string): Promise<string> {
  const there = { stripeAccount };
  const { id } = await stripe.treasury.financialAccounts.create(
    { supported_currencies: ["usd"] },
    there,
  );
  await stripe.testHelpers.treasury.receivedCredits.create(
    { amount: 9000, currency: "usd", financial_account: id, network: "ach" },
    there,
  );
  await stripe.treasury.outboundPayments.create(
    {
      ...{ amount: 2500, currency: "usd", financial_account: id },
      destination_payment_method_data: {
        type: "us_bank_account",
        us_bank_account: { account_number: "000123456789", routing_number: "110000000" },
      },
    },
    there,
  );
  const address = { line1: "1 Pine St", city: "Oakland", postal_code: "94607", country: "US" };
  const holder = await stripe.issuing.cardholders.create(
    { name: "Mei Lin", billing: { address } },
    there,
  );
  const of = { cardholder: holder.id, currency: "usd", type: "virtual" as const };
  const card = await stripe.issuing.cards.create(
    { ...of, status: "active", financial_account: id },
    there,
  );
  const { authorizations } = stripe.testHelpers.issuing;
  const asked = await authorizations.create({ card: card.id, amount: 1000 }, there);
  await authorizations.capture(asked.id, {}, there);
  await authorizations.create({ card: card.id, amount: 1000 }, there);
  await authorizations.create({ card: card.id, amount: 99_999 }, there);
  return id;
}
