import type Stripe from "stripe";
import { expect, test } from "vitest";
import { monthlyPrice, payingCustomer, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;

/** An open invoice of a hundred dollars, and ways to pay toward it. */
async function owed(name: string) {
  const stripe = sandbox.client(name);
  const { id: customer } = await payingCustomer(stripe);
  await stripe.invoiceItems.create({ customer, amount: 10_000, currency: "usd" });
  const include = "include" as const;
  const draft = await stripe.invoices.create({
    ...{ customer, pending_invoice_items_behavior: include, auto_advance: false },
  });
  const open = await stripe.invoices.finalizeInvoice(draft.id);
  const intend = (amount: number, more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
    stripe.paymentIntents.create({ amount, currency: "usd", customer, ...more });
  const attach = (payment_intent: string) =>
    stripe.invoices.attachPayment(open.id, { payment_intent, expand: ["payments"] });
  const read = () => stripe.invoices.retrieve(open.id, { expand: ["payments"] });
  const balance = async () => (await stripe.customers.retrieve(customer)) as Stripe.Customer;
  const types = async () => (await stripe.events.list({ limit: 100 })).data.map(({ type }) => type);
  return { stripe, customer, open, draft, intend, attach, read, balance, types };
}
const paid = { payment_method: "pm_card_visa", confirm: true };

test("a payment that was made already counts at once, and the default one asks for the rest", async () => {
  const { stripe, open, intend, attach, types } = await owed("part");
  const part = await intend(3_000, paid);
  const after = await attach(part.id);
  expect(after).toMatchObject({ status: "open", amount_paid: 3_000, amount_remaining: 7_000 });
  const [first, second] = after.payments?.data ?? [];
  expect(first).toMatchObject({
    ...{ amount_requested: 3_000, amount_paid: 3_000, is_default: false, status: "paid" },
    payment: { type: "payment_intent", payment_intent: part.id },
  });
  expect(second).toMatchObject({ amount_requested: 7_000, is_default: true, status: "open" });
  const rest = await stripe.paymentIntents.retrieve(String(second?.payment.payment_intent));
  expect(rest.amount).toBe(7_000);
  const shown = await (await fetch(after.hosted_invoice_url ?? "")).text();
  for (const words of ["Left to pay", "Pay $70.00"]) expect(shown).toContain(words);
  expect((await types()).filter((type) => type === "invoice_payment.paid")).toHaveLength(1);

  const whole = await stripe.invoices.pay(open.id);
  expect(whole).toMatchObject({ status: "paid", amount_paid: 10_000, amount_remaining: 0 });
  expect((await types()).filter((type) => type === "invoice_payment.paid")).toHaveLength(2);
  const { data } = await stripe.invoicePayments.list({ invoice: open.id, status: "paid" });
  expect(data.map(({ amount_paid }) => amount_paid)).toEqual([3_000, 7_000]);
  const [found] = (
    await stripe.invoicePayments.list({
      payment: { type: "payment_intent", payment_intent: part.id },
    })
  ).data;
  expect(found?.id).toBe(first?.id);
});

test("payments still open count when they succeed, and the last pays the invoice", async () => {
  const { stripe, intend, attach, read, types } = await owed("open");
  const [small, large] = [await intend(4_000), await intend(6_000)];
  await attach(small.id);
  expect(await attach(large.id)).toMatchObject({ amount_paid: 0, amount_remaining: 10_000 });
  await stripe.paymentIntents.confirm(small.id, { payment_method: "pm_card_visa" });
  expect(await read()).toMatchObject({ status: "open", amount_remaining: 6_000 });
  await expect(
    stripe.paymentIntents.confirm(large.id, { payment_method: "pm_card_chargeDeclined" }),
  ).rejects.toMatchObject({ statusCode: 402 });
  expect(await read()).toMatchObject({ status: "open", attempt_count: 0 });
  await stripe.paymentIntents.confirm(large.id, { payment_method: "pm_card_visa" });
  const whole = await read();
  expect(whole).toMatchObject({ status: "paid", amount_paid: 10_000, amount_remaining: 0 });
  const rest = whole.payments?.data.find(({ is_default }) => is_default);
  expect(rest).toMatchObject({ status: "canceled", amount_paid: null });
  expect(rest?.status_transitions.canceled_at).not.toBeNull();
  const intent = await stripe.paymentIntents.retrieve(String(rest?.payment.payment_intent));
  expect(intent.status).toBe("canceled");
  expect(await types()).toEqual(expect.arrayContaining(["invoice.paid", "invoice_payment.paid"]));
});

test("a held payment counts when it is captured, for what was captured", async () => {
  const { stripe, intend, attach } = await owed("held");
  const held = await intend(5_000, { ...paid, capture_method: "manual" });
  expect(await attach(held.id)).toMatchObject({ amount_paid: 0 });
  await stripe.paymentIntents.capture(held.id, { amount_to_capture: 2_000 });
  const [payment] = (
    await stripe.invoicePayments.list({
      payment: { type: "payment_intent", payment_intent: held.id },
    })
  ).data;
  expect(payment).toMatchObject({ amount_requested: 5_000, amount_paid: 2_000, status: "paid" });
});

test("a debit and a challenge count when they end", async () => {
  const { intend, attach, read } = await owed("late");
  const online = { ip_address: "127.0.0.1", user_agent: "test" };
  const debit = await intend(2_500, {
    ...{ payment_method: "pm_usBankAccount_success", confirm: true },
    mandate_data: { customer_acceptance: { type: "online", online } },
  });
  await attach(debit.id);
  const asked = await intend(2_500, { ...paid, payment_method: "pm_card_threeDSecure2Required" });
  await attach(asked.id);
  expect((await read()).amount_paid).toBe(0);
  const url = asked.next_action?.redirect_to_url?.url ?? "";
  await fetch(url, { method: "POST", body: new URLSearchParams({ answer: "complete" }) });
  expect((await read()).amount_paid).toBe(2_500);
  await sandbox.admin("/clock", { advance_seconds: 3 }, "late");
  expect((await read()).amount_paid).toBe(5_000);
});

test("what is paid beyond the invoice becomes the customer's credit", async () => {
  const { stripe, intend, attach, read, balance, types } = await owed("over");
  const [one, two] = [await intend(8_000), await intend(8_000)];
  await attach(one.id);
  await attach(two.id);
  await stripe.paymentIntents.confirm(one.id, { payment_method: "pm_card_visa" });
  await stripe.paymentIntents.confirm(two.id, { payment_method: "pm_card_visa" });
  expect(await read()).toMatchObject({
    ...{ status: "paid", amount_paid: 10_000, amount_remaining: 0, amount_overpaid: 6_000 },
  });
  expect((await balance()).balance).toBe(-6_000);
  const [moved] = (await stripe.customers.listBalanceTransactions((await balance()).id)).data;
  expect(moved).toMatchObject({ type: "invoice_overpaid", amount: -6_000 });
  expect(await types()).toContain("invoice.overpaid");
});

test("a canceled payment lets the invoice go, and until then it cannot be given up", async () => {
  const { stripe, open, intend, attach, read } = await owed("cancel");
  const part = await intend(3_000);
  await attach(part.id);
  const kept = { statusCode: 400, code: "invoice_not_editable" };
  expect(await stripe.invoices.voidInvoice(open.id).catch(failure)).toMatchObject(kept);
  expect(await stripe.invoices.markUncollectible(open.id).catch(failure)).toMatchObject(kept);
  await stripe.paymentIntents.cancel(part.id);
  expect((await read()).payments?.data[0]).toMatchObject({ status: "canceled" });
  expect((await stripe.invoices.voidInvoice(open.id)).status).toBe("void");
});

test("an invoice that is partly paid can be credited, and what was paid first goes back first", async () => {
  const { stripe, open, intend, attach, read } = await owed("credit");
  const part = await intend(3_000, paid);
  await attach(part.id);
  const note = await stripe.creditNotes.create({
    ...{ invoice: open.id, amount: 8_000, refund_amount: 1_000 },
  });
  expect(note).toMatchObject({
    ...{ type: "mixed", pre_payment_amount: 7_000, post_payment_amount: 1_000 },
    refunds: [{ amount_refunded: 1_000 }],
  });
  expect(await read()).toMatchObject({ status: "paid", amount_remaining: 0, amount_paid: 3_000 });
  const [refund] = (await stripe.refunds.list({ payment_intent: part.id })).data;
  expect(refund?.amount).toBe(1_000);
});

test("a refund by credit note takes from every payment it needs", async () => {
  const { stripe, open, intend, attach } = await owed("both");
  const part = await intend(3_000, paid);
  await attach(part.id);
  await stripe.invoices.pay(open.id);
  const note = await stripe.creditNotes.create({
    ...{ invoice: open.id, amount: 10_000, refund_amount: 10_000 },
  });
  expect(note.refunds.map(({ amount_refunded }) => amount_refunded).sort()).toEqual([3_000, 7_000]);
});

test("what cannot be attached is refused, and nothing is written", async () => {
  const { stripe, customer, open, intend, attach, read } = await owed("no");
  const refused = { statusCode: 400, rawType: "invalid_request_error", param: "payment_intent" };
  expect(await stripe.invoices.attachPayment(open.id).catch(failure)).toMatchObject({
    ...refused,
    code: "parameter_missing",
  });
  expect(await attach("pi_nothing").catch(failure)).toMatchObject({
    ...{ ...refused, code: "resource_missing" },
  });
  expect(await attach((await intend(10_001)).id).catch(failure)).toMatchObject(refused);
  const euros = await intend(1_000, { currency: "eur" });
  expect(await attach(euros.id).catch(failure)).toMatchObject(refused);
  const strangers = await stripe.paymentIntents.create({ amount: 1_000, currency: "usd" });
  expect(await attach(strangers.id).catch(failure)).toMatchObject(refused);
  const part = await intend(1_000);
  await attach(part.id);
  expect(await attach(part.id).catch(failure)).toMatchObject(refused);
  expect((await read()).payments?.data).toHaveLength(2);

  const draft = await stripe.invoices.create({ customer });
  const other = await intend(1_000);
  const params = { payment_intent: other.id };
  expect(await stripe.invoices.attachPayment(draft.id, params).catch(failure)).toMatchObject({
    ...{ statusCode: 400, code: "invoice_not_editable" },
  });
  const price = await monthlyPrice(stripe, 2_000);
  const subscription = await stripe.subscriptions.create({
    ...{ customer, items: [{ price: price.id }], payment_behavior: "default_incomplete" },
  });
  const automatic = String(subscription.latest_invoice);
  expect(await stripe.invoices.attachPayment(automatic, params).catch(failure)).toMatchObject({
    ...{ statusCode: 400, rawType: "invalid_request_error" },
  });
});

test("the payment Stripe made for an invoice follows the invoice alone", async () => {
  const { stripe, read } = await owed("default");
  const [payment] = (await read()).payments?.data ?? [];
  const id = String(payment?.payment.payment_intent);
  const kept = { statusCode: 400, code: "payment_intent_unexpected_state" };
  expect(await stripe.paymentIntents.cancel(id).catch(failure)).toMatchObject(kept);
  expect(await stripe.paymentIntents.update(id, { amount: 5 }).catch(failure)).toMatchObject(kept);
  expect((await stripe.paymentIntents.update(id, { description: "Mine" })).description).toBe(
    "Mine",
  );
});
