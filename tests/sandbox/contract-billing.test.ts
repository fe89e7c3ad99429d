import type Stripe from "stripe";
import { expect, test } from "vitest";
import { faultsIn } from "#tests/sandbox/sdk/check-value";
import { readSdkTypes } from "#tests/sandbox/sdk/watch-answers";
import { monthlyPrice, payingCustomer, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

const now = Math.floor(Date.now() / 3_600_000) * 3600;

/** Where each object of billing is read, and what the SDK says comes back. */
const answers = [
  "/v1/coupons",
  "/v1/coupons?expand[]=data.applies_to",
  "/v1/promotion_codes",
  "/v1/customers?expand[]=data.tax_ids",
  "/v1/customers/CUSTOMER/balance_transactions",
  "/v1/customers/CUSTOMER/tax_ids",
  "/v1/invoiceitems",
  "/v1/invoices?expand[]=data.discounts",
  "/v1/subscriptions?status=all&expand[]=data.discounts",
  "/v1/credit_notes",
  "/v1/setup_intents",
  "/v1/setup_intents?expand[]=data.mandate",
  "/v1/subscription_schedules",
  "/v1/billing_portal/configurations",
  "/v1/payment_links",
  "/v1/payment_links?expand[]=data.line_items",
  "/v1/billing/alerts",
  "/v1/billing/credit_grants",
  "/v1/billing/credit_balance_transactions?customer=CUSTOMER",
  "/v1/billing/credit_balance_summary?customer=CUSTOMER&filter[type]=applicability_scope",
  "/v1/billing/meters/METER/event_summaries?customer=CUSTOMER" +
    `&start_time=${now - 3600}&end_time=${now + 7200}`,
  "/v1/entitlements/features",
  "/v1/entitlements/active_entitlements?customer=CUSTOMER&expand[]=data.feature",
  "/v1/products/PRODUCT/features",
  "/v1/tax_rates",
  "/v1/tax/registrations",
  "/v1/tax/settings",
  "/v1/tax/calculations/CALCULATION?expand[]=line_items",
  "/v1/test_helpers/test_clocks",
  "/v1/checkout/sessions?expand[]=data.line_items",
] as const;

test("every answer of billing has every field the SDK declares, and no other", async () => {
  const types = readSdkTypes();
  const stripe = sandbox.client("billing");
  const made = await billALittle(stripe);
  const wrong: string[] = [];
  for (const template of answers) {
    const path = template.replace(/[A-Z]{5,}/g, (word) => made[word] ?? word);
    const response = await fetch(`${sandbox.url}${path}`, {
      headers: { authorization: "Bearer sk_test_billing" },
    });
    const body = (await response.json()) as { data?: unknown[] };
    expect(response.status, path).toBe(200);
    if (Array.isArray(body.data)) expect(body.data.length, path).toBeGreaterThan(0);
    wrong.push(...faultsIn(types, body, path));
  }
  expect([...new Set(wrong)].slice(0, 40)).toEqual([]);
}, 60_000);

/** Makes one of everything billing has. */
async function billALittle(stripe: Stripe): Promise<Record<string, string>> {
  await stripe.testHelpers.testClocks.create({ frozen_time: now });
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
