import type Stripe from "stripe";
import { expect, test } from "vitest";
import {
  monthlyPrice,
  payingCustomer,
  readyAccount,
  withSandbox,
} from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const stripe = () => sandbox.client();

test("what a credit note would hold can be read line by line", async () => {
  const { id: customer } = await payingCustomer(stripe());
  await stripe().invoiceItems.create({ customer, amount: 5000, currency: "usd" });
  const behavior = "include" as const;
  const draft = await stripe().invoices.create({
    ...{ customer, pending_invoice_items_behavior: behavior },
  });
  const { id, lines } = await stripe().invoices.finalizeInvoice(draft.id);
  const line = { type: "invoice_line_item" as const, invoice_line_item: lines.data[0]?.id ?? "" };
  const preview = await stripe().creditNotes.listPreviewLineItems({
    ...{ invoice: id, lines: [{ ...line, amount: 700 }] },
  });
  expect(preview.data.map(({ amount }) => amount)).toEqual([700]);
});

test("lines of a draft are changed many at once", async () => {
  const { id: customer } = await payingCustomer(stripe());
  await stripe().invoiceItems.create({ customer, amount: 100, currency: "usd" });
  await stripe().invoiceItems.create({ customer, amount: 200, currency: "usd" });
  const behavior = "include" as const;
  const draft = await stripe().invoices.create({
    ...{ customer, pending_invoice_items_behavior: behavior },
  });
  const lines = draft.lines.data.map(({ id }) => ({ id, description: "Work" }));
  const changed = await stripe().invoices.updateLines(draft.id, { lines });
  expect(changed.lines.data.map(({ description }) => description)).toEqual(["Work", "Work"]);
});

test("a customer's discount is taken away", async () => {
  const coupon = await stripe().coupons.create({ percent_off: 10, duration: "forever" });
  const customer = await stripe().customers.create({ name: "Acme" });
  const { id: price } = await monthlyPrice(stripe(), 1000);
  await stripe().customers.update(customer.id, {
    invoice_settings: {
      default_payment_method: (
        await stripe().paymentMethods.attach("pm_card_visa", { customer: customer.id })
      ).id,
    },
  });
  const { id } = await stripe().subscriptions.create({
    ...{ customer: customer.id, items: [{ price }], discounts: [{ coupon: coupon.id }] },
  });
  const gone = await stripe().subscriptions.deleteDiscount(id);
  expect(gone).toMatchObject({ object: "discount", deleted: true });
  // The customer itself has none, and that is said.
  await expect(stripe().customers.deleteDiscount(customer.id)).rejects.toMatchObject({
    ...{ statusCode: 404, code: "resource_missing" },
  });
});

test("a discount given on the dashboard is the customer's, billed, and taken away again", async () => {
  const customer = await payingCustomer(stripe());
  const coupon = await stripe().coupons.create({ percent_off: 10, duration: "forever" });
  await sandbox.admin(`/customers/${customer.id}/discount`, { coupon: coupon.id });
  const { discount } = (await stripe().customers.retrieve(customer.id)) as Stripe.Customer;
  expect(discount).toMatchObject({ customer: customer.id, source: { coupon: coupon.id } });
  const { id: price } = await monthlyPrice(stripe(), 1000);
  const items = [{ price }];
  const bill = () => stripe().subscriptions.create({ customer: customer.id, items });
  const totals = async () =>
    (await stripe().invoices.list({ customer: customer.id })).data.map(({ total }) => total);
  await bill();
  expect(await totals()).toEqual([900]);
  const gone = await stripe().customers.deleteDiscount(customer.id);
  expect(gone).toMatchObject({ object: "discount", deleted: true, customer: customer.id });
  await bill();
  expect(await totals()).toEqual([1000, 900]);
});

test("a detached payment method belongs to nobody, and cannot be attached again", async () => {
  const { id: customer } = await payingCustomer(stripe());
  const [card] = (await stripe().paymentMethods.list({ customer })).data;
  const theirs = await stripe().customers.retrievePaymentMethod(customer, card?.id ?? "");
  expect(theirs.id).toBe(card?.id);
  const other = await stripe().customers.create({ name: "Other" });
  const foreign = stripe().customers.retrievePaymentMethod(other.id, theirs.id);
  await expect(foreign).rejects.toMatchObject({ statusCode: 404 });
  const detached = await stripe().paymentMethods.detach(theirs.id);
  expect(detached.customer).toBeNull();
  const again = stripe().paymentMethods.attach(detached.id, { customer });
  await expect(again).rejects.toMatchObject({ statusCode: 400 });
});

test("a tax id names whose it is, and can be taken away", async () => {
  const customer = await stripe().customers.create({ name: "Acme" });
  const made = await stripe().taxIds.create({
    ...{ type: "eu_vat" as const, value: "DE123456789" },
    owner: { type: "customer", customer: customer.id },
  });
  expect((await stripe().taxIds.retrieve(made.id)).value).toBe("DE123456789");
  const owner = { type: "customer" as const, customer: customer.id };
  expect((await stripe().taxIds.list({ owner })).data.map(({ id }) => id)).toEqual([made.id]);
  expect(await stripe().taxIds.del(made.id)).toMatchObject({ id: made.id, deleted: true });
  await expect(stripe().taxIds.retrieve(made.id)).rejects.toMatchObject({ statusCode: 404 });
});

test("a token is read by its id, with what it stands for", async () => {
  const made = await stripe().tokens.create({
    bank_account: {
      ...{ country: "US", currency: "usd" },
      ...{ routing_number: "110000000", account_number: "000123456789" },
    },
  });
  const read = await stripe().tokens.retrieve(made.id);
  expect(read).toMatchObject({
    type: "bank_account",
    used: false,
    bank_account: { last4: "6789" },
  });
});

test("a deleted webhook endpoint hears of nothing", async () => {
  const url = "http://127.0.0.1:9/";
  const made = await stripe().webhookEndpoints.create({ url, enabled_events: ["*"] });
  expect(await stripe().webhookEndpoints.del(made.id)).toMatchObject({ deleted: true });
  await expect(stripe().webhookEndpoints.retrieve(made.id)).rejects.toMatchObject({
    ...{ statusCode: 404, code: "resource_missing" },
  });
});

test("a meter is renamed; its alert is switched off and on", async () => {
  const meter = await stripe().billing.meters.create({
    ...{ display_name: "Calls", event_name: "rest_calls" },
    default_aggregation: { formula: "sum" },
  });
  const renamed = await stripe().billing.meters.update(meter.id, { display_name: "API calls" });
  expect(renamed.display_name).toBe("API calls");
  const alert = await stripe().billing.alerts.create({
    ...{ alert_type: "usage_threshold", title: "Ten" },
    usage_threshold: { gte: 10, meter: meter.id, recurrence: "one_time" },
  });
  expect((await stripe().billing.alerts.deactivate(alert.id)).status).toBe("inactive");
  expect((await stripe().billing.alerts.activate(alert.id)).status).toBe("active");
});

test("an expired grant of credit is worth nothing", async () => {
  const { id: customer } = await payingCustomer(stripe());
  const grant = await stripe().billing.creditGrants.create({
    ...{ customer, category: "paid" as const },
    amount: { type: "monetary", monetary: { currency: "usd", value: 500 } },
    applicability_config: { scope: { price_type: "metered" } },
  });
  const expired = await stripe().billing.creditGrants.expire(grant.id);
  expect(expired.expires_at).not.toBeNull();
  const summary = await stripe().billing.creditBalanceSummaries.retrieve({
    ...{ customer, filter: { type: "credit_grant", credit_grant: grant.id } },
  });
  expect(summary.balances[0]?.available_balance.monetary?.value).toBe(0);
});

test("a tax calculation is read again, line by line", async () => {
  await stripe().tax.settings.update({ head_office: { address: { country: "DE" } } });
  const made = await stripe().tax.calculations.create({
    ...{ currency: "eur", line_items: [{ amount: 1000, reference: "A" }] },
    customer_details: { address: { country: "DE" }, address_source: "billing" },
  });
  const read = await stripe().tax.calculations.retrieve(made.id ?? "");
  expect(read.amount_total).toBe(made.amount_total);
  const { data } = await stripe().tax.calculations.listLineItems(made.id ?? "");
  expect(data.map(({ amount, reference }) => [amount, reference])).toEqual([[1000, "A"]]);
});

test("a person of an account is read by id", async () => {
  const account = await readyAccount(sandbox, "test");
  const made = await stripe().v2.core.accounts.persons.create(account, { given_name: "Ada" });
  const read = await stripe().v2.core.accounts.persons.retrieve(account, made.id);
  expect(read.given_name).toBe("Ada");
});

test("an event destination is renamed, switched off and on, and deleted", async () => {
  const { eventDestinations } = stripe().v2.core;
  const made = await eventDestinations.create({
    ...{ name: "Ours", type: "webhook_endpoint", event_payload: "thin" },
    ...{ enabled_events: ["*"], webhook_endpoint: { url: "http://127.0.0.1:9/" } },
  });
  expect((await eventDestinations.update(made.id, { name: "Theirs" })).name).toBe("Theirs");
  expect((await eventDestinations.disable(made.id)).status).toBe("disabled");
  expect((await eventDestinations.enable(made.id)).status).toBe("enabled");
  expect((await eventDestinations.retrieve(made.id)).name).toBe("Theirs");
  await eventDestinations.del(made.id);
  await expect(eventDestinations.retrieve(made.id)).rejects.toMatchObject({ statusCode: 404 });
});

test("an item is added and taken away by its own URL, and both are billed", async () => {
  const { id: customer } = await payingCustomer(stripe());
  const [base, extra] = [await monthlyPrice(stripe(), 3000), await monthlyPrice(stripe(), 1000)];
  const { id } = await stripe().subscriptions.create({ customer, items: [{ price: base.id }] });
  const added = await stripe().subscriptionItems.create({
    ...{ subscription: id, price: extra.id, quantity: 3 },
    proration_behavior: "always_invoice",
  });
  expect(added).toMatchObject({ subscription: id, quantity: 3 });
  const [latest] = (await stripe().invoices.list({ subscription: id, limit: 1 })).data;
  expect(latest).toMatchObject({ status: "paid", amount_paid: 3000 });

  const behavior = { proration_behavior: "create_prorations" as const };
  const gone = await stripe().subscriptionItems.del(added.id, behavior);
  expect(gone).toMatchObject({ id: added.id, deleted: true });
  const pending = await stripe().invoiceItems.list({ customer, pending: true });
  expect(pending.data.map(({ amount }) => amount)).toEqual([-3000]);
  const [last] = (await stripe().subscriptionItems.list({ subscription: id })).data;
  await expect(stripe().subscriptionItems.del(last?.id ?? "")).rejects.toMatchObject({
    ...{ statusCode: 400, param: "items" },
  });
});

test("a product without prices is deleted, and is then known to be", async () => {
  const { id } = await stripe().products.create({ name: "Short-lived" });
  expect(await stripe().products.del(id)).toMatchObject({ id, deleted: true });
  await expect(stripe().products.retrieve(id)).rejects.toMatchObject({ statusCode: 404 });
});

test("a meter event of version 2 is counted, and taken back", async () => {
  const { id: customer } = await payingCustomer(stripe());
  const event_name = "second_version";
  const meter = await stripe().billing.meters.create({
    ...{ display_name: "Calls", event_name, default_aggregation: { formula: "sum" } },
  });
  const payload = { stripe_customer_id: customer, value: "3" };
  const sent = await stripe().v2.billing.meterEvents.create({ event_name, payload });
  const hour = Math.floor(Date.now() / 3_600_000) * 3_600;
  const range = { customer, start_time: hour - 3_600, end_time: hour + 7_200 };
  const counted = async () => {
    const { data } = await stripe().billing.meters.listEventSummaries(meter.id, range);
    return data.reduce((sum, { aggregated_value: value }) => sum + value, 0);
  };
  expect(await counted()).toBe(3);
  await stripe().v2.billing.meterEventAdjustments.create({
    ...{ event_name, type: "cancel", cancel: { identifier: sent.identifier } },
  });
  expect(await counted()).toBe(0);
});

test("a reversal is found in its own transfer alone, and its metadata is changed there", async () => {
  const account = await readyAccount(sandbox, "test");
  await stripe().paymentIntents.create({
    ...{ amount: 90_000, currency: "usd", payment_method: "pm_card_bypassPending", confirm: true },
  });
  const send = () =>
    stripe().transfers.create({ amount: 500, currency: "usd", destination: account });
  const [transfer, other] = [await send(), await send()];
  const { id } = await stripe().transfers.createReversal(transfer.id, { amount: 100 });
  const noted = await stripe().transfers.updateReversal(transfer.id, id, { metadata: { a: "1" } });
  expect(noted.metadata).toEqual({ a: "1" });
  const gone = { statusCode: 404, code: "resource_missing" };
  await expect(stripe().transfers.retrieveReversal(other.id, id)).rejects.toMatchObject(gone);
  const elsewhere = stripe().transfers.updateReversal(other.id, id, { metadata: { a: "2" } });
  await expect(elsewhere).rejects.toMatchObject(gone);
  expect((await stripe().transfers.listReversals(other.id)).data).toEqual([]);
});

test("an update of metadata tells what it was, and one that changes nothing tells nothing", async () => {
  const charge = await stripe().paymentIntents.create({
    ...{ amount: 9000, currency: "usd", payment_method: "pm_card_visa", confirm: true },
  });
  const { id } = await stripe().refunds.create({
    ...{ payment_intent: charge.id, amount: 100, metadata: { a: "1" } },
  });
  const told = async () => (await stripe().events.list({ type: "refund.updated" })).data;
  const before = (await told()).length;
  await stripe().refunds.update(id, { metadata: { a: "1" } });
  expect(await told()).toHaveLength(before);
  await stripe().refunds.update(id, { metadata: { a: "2" } });
  const [event] = await told();
  expect(event?.data.previous_attributes).toEqual({ metadata: { a: "1" } });
});
