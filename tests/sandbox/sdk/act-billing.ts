import type Stripe from "stripe";
import { monthlyPrice, payingCustomer, type TestStripe } from "#tests/sandbox/with-sandbox";

/** Does once each thing of billing that reading and updating leaves undone. */
export async function actOnBilling(sandbox: TestStripe, name: string): Promise<void> {
  const stripe = sandbox.client(name);
  await actOnInvoices(stripe);
  await actOnLines(stripe);
  await actOnSubscriptions(sandbox, name);
  await actOnDiscounts(sandbox, name);
  await actOnCatalog(stripe);
  await actOnUsage(stripe);
  await actOnCredit(stripe);
  await actOnTax(stripe);
  await actOnSetups(stripe);
  await actOnFeedback(stripe);
  await actOnSessions(stripe);
  await actOnClocks(stripe);
}

async function draftFor(stripe: Stripe, customer: string): Promise<Stripe.Invoice> {
  await stripe.invoiceItems.create({ customer, amount: 5000, currency: "usd" });
  return stripe.invoices.create({ customer, pending_invoice_items_behavior: "include" });
}

async function actOnInvoices(stripe: Stripe): Promise<void> {
  const { id: customer } = await payingCustomer(stripe);
  const draft = () => draftFor(stripe, customer);
  const [deleted, voided, lost] = [await draft(), await draft(), await draft()];
  const [sent, paid] = [await draft(), await draft()];
  await stripe.invoices.del(deleted.id);
  await stripe.invoices.finalizeInvoice(voided.id);
  await stripe.invoices.voidInvoice(voided.id);
  await stripe.invoices.finalizeInvoice(lost.id);
  await stripe.invoices.markUncollectible(lost.id);
  await stripe.invoices.update(sent.id, { collection_method: "send_invoice", days_until_due: 3 });
  const { lines } = await stripe.invoices.finalizeInvoice(sent.id);
  await stripe.invoices.sendInvoice(sent.id);
  const line = { type: "invoice_line_item" as const, invoice_line_item: lines.data[0]?.id ?? "" };
  const credit = { invoice: sent.id, lines: [{ ...line, amount: 700 }] };
  await stripe.creditNotes.preview(credit);
  await stripe.creditNotes.listPreviewLineItems(credit);
  const note = await stripe.creditNotes.create({ invoice: sent.id, amount: 100 });
  await stripe.creditNotes.voidCreditNote(note.id);
  await stripe.invoices.pay(paid.id);
  const part = await stripe.paymentIntents.create({ amount: 1000, currency: "usd", customer });
  const open = await draft();
  await stripe.invoices.finalizeInvoice(open.id);
  await stripe.invoices.attachPayment(open.id, { payment_intent: part.id });
}

async function actOnLines(stripe: Stripe): Promise<void> {
  const { id: customer } = await payingCustomer(stripe);
  const pending = await stripe.invoiceItems.create({ customer, amount: 100, currency: "usd" });
  await stripe.invoiceItems.update(pending.id, { amount: 200 });
  await stripe.invoiceItems.del(pending.id);
  const draft = await draftFor(stripe, customer);
  const added = await stripe.invoices.addLines(draft.id, {
    lines: [{ amount: 300, description: "Work" }],
  });
  const [first, last] = [added.lines.data[0]?.id ?? "", added.lines.data.at(-1)?.id ?? ""];
  await stripe.invoices.updateLines(draft.id, { lines: [{ id: first, description: "All" }] });
  await stripe.invoices.updateLineItem(draft.id, first, { description: "Each" });
  await stripe.invoices.removeLines(draft.id, { lines: [{ id: last, behavior: "delete" }] });
}

async function actOnSubscriptions(sandbox: TestStripe, name: string): Promise<void> {
  const stripe = sandbox.client(name);
  const { id: customer } = await payingCustomer(stripe);
  const [base, extra] = [await monthlyPrice(stripe, 3000), await monthlyPrice(stripe, 1000)];
  const begin = () => stripe.subscriptions.create({ customer, items: [{ price: base.id }] });
  const [paused, planned, ended] = [await begin(), await begin(), await begin()];
  const added = await stripe.subscriptionItems.create({
    ...{ subscription: paused.id, price: extra.id, quantity: 3 },
  });
  await stripe.subscriptionItems.del(added.id);
  await stripe.invoices.createPreview({ subscription: paused.id });
  await stripe.subscriptions.pause(paused.id, {});
  await stripe.subscriptions.resume(paused.id);
  const from = { from_subscription: planned.id };
  const first = await stripe.subscriptionSchedules.create(from);
  await stripe.subscriptionSchedules.release(first.id);
  const second = await stripe.subscriptionSchedules.create(from);
  await stripe.subscriptionSchedules.cancel(second.id);
  await stripe.subscriptions.cancel(ended.id);
}

async function actOnDiscounts(sandbox: TestStripe, name: string): Promise<void> {
  const stripe = sandbox.client(name);
  const { id: customer } = await payingCustomer(stripe);
  const { id: price } = await monthlyPrice(stripe, 3000);
  const coupon = await stripe.coupons.create({ percent_off: 10, duration: "forever" });
  const { id } = await stripe.subscriptions.create({
    ...{ customer, items: [{ price }], discounts: [{ coupon: coupon.id }] },
  });
  await stripe.subscriptions.deleteDiscount(id);
  await sandbox.admin(`/customers/${customer}/discount`, { coupon: coupon.id }, name);
  await stripe.customers.deleteDiscount(customer);
  await stripe.coupons.del(coupon.id);
  await stripe.customers.del(customer);
}

async function actOnCatalog(stripe: Stripe): Promise<void> {
  const { id } = await stripe.products.create({ name: "Short-lived" });
  const feature = await stripe.entitlements.features.create({ lookup_key: "acts", name: "Acts" });
  const link = await stripe.products.createFeature(id, { entitlement_feature: feature.id });
  await stripe.products.deleteFeature(id, link.id);
  await stripe.products.del(id);
}

async function actOnUsage(stripe: Stripe): Promise<void> {
  const { id: customer } = await payingCustomer(stripe);
  const event_name = "acts";
  const meter = await stripe.billing.meters.create({
    ...{ display_name: "Calls", event_name, default_aggregation: { formula: "sum" } },
  });
  await stripe.billing.meters.update(meter.id, { display_name: "Acts" });
  const payload = { stripe_customer_id: customer, value: "3" };
  const old = await stripe.billing.meterEvents.create({ event_name, payload });
  const cancel = (identifier: string) => ({
    ...{ event_name, type: "cancel" as const, cancel: { identifier } },
  });
  await stripe.billing.meterEventAdjustments.create(cancel(old.identifier));
  const sent = await stripe.v2.billing.meterEvents.create({ event_name, payload });
  await stripe.v2.billing.meterEventAdjustments.create(cancel(sent.identifier));
  const session = await stripe.v2.billing.meterEventSession.create();
  const events = [{ event_name, payload }];
  const token = { apiKey: session.authentication_token };
  await stripe.v2.billing.meterEventStream.create({ events }, token);
  const hour = Math.floor(Date.now() / 3_600_000) * 3_600;
  const range = { customer, start_time: hour - 3_600, end_time: hour + 7_200 };
  await stripe.billing.meters.listEventSummaries(meter.id, range);
  const alert = await stripe.billing.alerts.create({
    ...{ alert_type: "usage_threshold", title: "Ten" },
    usage_threshold: { gte: 10, meter: meter.id, recurrence: "one_time" },
  });
  await stripe.billing.alerts.deactivate(alert.id);
  await stripe.billing.alerts.activate(alert.id);
  await stripe.billing.alerts.archive(alert.id);
  await stripe.billing.meters.deactivate(meter.id);
  await stripe.billing.meters.reactivate(meter.id);
}

async function actOnCredit(stripe: Stripe): Promise<void> {
  const { id: customer } = await payingCustomer(stripe);
  const give = () =>
    stripe.billing.creditGrants.create({
      ...{ customer, category: "paid" as const },
      amount: { type: "monetary", monetary: { currency: "usd", value: 500 } },
      applicability_config: { scope: { price_type: "metered" } },
    });
  const [expired, voided] = [await give(), await give()];
  await stripe.billing.creditGrants.expire(expired.id);
  await stripe.billing.creditGrants.voidGrant(voided.id);
  await stripe.billing.creditBalanceSummaries.retrieve({
    ...{ customer, filter: { type: "credit_grant", credit_grant: expired.id } },
  });
}

async function actOnTax(stripe: Stripe): Promise<void> {
  const customer = await stripe.customers.create({ name: "Acme" });
  const number = { type: "eu_vat" as const, value: "DE123456789" };
  const first = await stripe.customers.createTaxId(customer.id, number);
  await stripe.customers.deleteTaxId(customer.id, first.id);
  const owner = { type: "customer" as const, customer: customer.id };
  const second = await stripe.taxIds.create({ ...number, owner });
  await stripe.taxIds.del(second.id);
  await stripe.taxRates.create({ display_name: "VAT", inclusive: false, percentage: 19 });
  await stripe.tax.settings.update({ head_office: { address: { country: "DE" } } });
  const registration = await stripe.tax.registrations.create({
    ...{ country: "DE", active_from: "now" },
    country_options: { de: { type: "standard", standard: { place_of_supply_scheme: "standard" } } },
  });
  await stripe.tax.registrations.update(registration.id, { expires_at: "now" });
  const made = await stripe.tax.calculations.create({
    ...{ currency: "eur", line_items: [{ amount: 1000, reference: "A" }] },
    customer_details: { address: { country: "DE" }, address_source: "billing" },
  });
  await stripe.tax.calculations.retrieve(made.id ?? "");
  await stripe.tax.calculations.listLineItems(made.id ?? "");
  const { transactions } = stripe.tax;
  const kept = await transactions.createFromCalculation({
    ...{ calculation: made.id ?? "", reference: "order-1" },
  });
  await transactions.createReversal({
    ...{ mode: "full", original_transaction: kept.id, reference: "order-1-back" },
  });
  await transactions.retrieve(kept.id);
  await transactions.listLineItems(kept.id);
  const place = await stripe.tax.locations.create({
    ...{ type: "performance", address: { country: "DE", city: "Berlin" } },
  });
  await stripe.tax.locations.retrieve(place.id);
  await stripe.tax.locations.list({ type: "performance" });
}

async function actOnFeedback(stripe: Stripe): Promise<void> {
  const { feedbackOptions } = stripe.billing;
  const { id } = await feedbackOptions.create({ description: "Moved away" });
  await feedbackOptions.retrieve(id);
  await feedbackOptions.update(id, { description: "Moved" });
  await feedbackOptions.list({ status: "active" });
  await feedbackOptions.deactivate(id);
}

async function actOnSetups(stripe: Stripe): Promise<void> {
  const { id: customer } = await stripe.customers.create({ name: "Acme" });
  const [left, kept] = [
    await stripe.setupIntents.create({ customer }),
    await stripe.setupIntents.create({ customer }),
  ];
  await stripe.setupIntents.cancel(left.id);
  const done = await stripe.setupIntents.confirm(kept.id, { payment_method: "pm_card_visa" });
  await stripe.mandates.retrieve(String(done.mandate));
  await stripe.setupAttempts.list({ setup_intent: done.id });
  const bank = await stripe.paymentMethods.create({
    type: "us_bank_account",
    us_bank_account: {
      ...{ account_holder_type: "individual", account_number: "000123456789" },
      routing_number: "110000000",
    },
    billing_details: { name: "Ada" },
  });
  const asked = await stripe.setupIntents.create({
    ...{ customer, payment_method: bank.id, confirm: true },
    allowed_payment_method_types: ["us_bank_account"],
    mandate_data: { customer_acceptance: { type: "offline" } },
  });
  await stripe.setupIntents.verifyMicrodeposits(asked.id, { amounts: [32, 45] });
  const { id: confirmation_token } = await stripe.testHelpers.confirmationTokens.create({
    payment_method: "pm_card_visa",
  });
  await stripe.setupIntents.create({ customer, confirmation_token, confirm: true });
  await stripe.confirmationTokens.retrieve(confirmation_token);
}

async function actOnSessions(stripe: Stripe): Promise<void> {
  const { id: customer } = await payingCustomer(stripe);
  const begin = () =>
    stripe.checkout.sessions.create({
      ...{ mode: "setup", customer, success_url: "https://a.test", currency: "usd" },
    });
  const [expired, paid] = [await begin(), await begin()];
  await stripe.checkout.sessions.expire(expired.id);
  const ways = await stripe.paymentMethodConfigurations.create({ name: "Cards alone" });
  const off = { display_preference: { preference: "off" as const } };
  await stripe.paymentMethodConfigurations.update(ways.id, { sepa_debit: off });
  const configuration = await stripe.billingPortal.configurations.create({
    features: { invoice_history: { enabled: true } },
  });
  await stripe.billingPortal.sessions.create({ customer, configuration: configuration.id });
  // Stripe's own page and its CLI call these; the SDK has no names for them.
  await stripe.rawRequest("GET", `/v1/payment_pages/${paid.id}`);
  const payment_method = (await stripe.paymentMethods.list({ customer })).data[0]?.id;
  await stripe.rawRequest("POST", `/v1/payment_pages/${paid.id}/confirm`, { payment_method });
}

async function actOnClocks(stripe: Stripe): Promise<void> {
  const frozen_time = Math.floor(Date.now() / 1000);
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time });
  await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: frozen_time + 60 });
  const other = await stripe.testHelpers.testClocks.create({ frozen_time });
  await stripe.testHelpers.testClocks.del(other.id);
}
