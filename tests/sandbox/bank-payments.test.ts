import type Stripe from "stripe";
import { expect, test } from "vitest";
import { monthlyPrice, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;
const mandate_data = {
  customer_acceptance: {
    type: "online" as const,
    online: { ip_address: "127.0.0.1", user_agent: "test" },
  },
};
const bank = (token: string, amount = 10_000) => ({
  ...{ amount, currency: "usd", payment_method: token, confirm: true, mandate_data },
});
const euros = { amount: 10_000, currency: "eur", confirm: true };
const wait = (name: string, seconds = 3) =>
  sandbox.admin("/clock", { advance_seconds: seconds }, name);

async function typesOf(stripe: Stripe): Promise<string[]> {
  const { data } = await stripe.events.list({ limit: 100 });
  return data.map(({ type }) => type).reverse();
}

test("a bank debit is processing until its bank answers, and costs 0.8 % and no more than $5", async () => {
  const stripe = sandbox.client("b1");
  const made = await stripe.paymentIntents.create({
    ...bank("pm_usBankAccount_success"),
    expand: ["latest_charge"],
  });
  expect(made).toMatchObject({ status: "processing", amount_received: 0 });
  expect(made.latest_charge).toMatchObject({
    ...{ status: "pending", paid: false, balance_transaction: null },
    payment_method_details: { type: "us_bank_account", us_bank_account: { last4: "6789" } },
  });
  expect(String((made.latest_charge as Stripe.Charge).id)).toMatch(/^py_/);

  await wait("b1");
  const paid = await stripe.paymentIntents.retrieve(made.id, {
    expand: ["latest_charge.balance_transaction"],
  });
  expect(paid).toMatchObject({ status: "succeeded", amount_received: 10_000 });
  expect((paid.latest_charge as Stripe.Charge).balance_transaction).toMatchObject({
    ...{ amount: 10_000, fee: 80, net: 9920, type: "payment", reporting_category: "charge" },
  });
  expect(await typesOf(stripe)).toEqual([
    ...["payment_intent.created", "charge.pending", "payment_intent.processing"],
    ...["charge.succeeded", "payment_intent.succeeded"],
  ]);

  const large = await stripe.paymentIntents.create(bank("pm_usBankAccount_success", 500_000));
  await wait("b1");
  const { data } = await stripe.balanceTransactions.list({ limit: 1 });
  expect([large.amount, data[0]?.fee]).toEqual([500_000, 500]);
});

test("a debit that comes back leaves nothing in the ledger, and another method may pay", async () => {
  const stripe = sandbox.client("b2");
  const { id } = await stripe.paymentIntents.create(bank("pm_usBankAccount_insufficientFunds"));
  await wait("b2");
  const failed = await stripe.paymentIntents.retrieve(id, { expand: ["latest_charge"] });
  expect(failed).toMatchObject({
    status: "requires_payment_method",
    last_payment_error: { code: "insufficient_funds" },
    latest_charge: { status: "failed", failure_code: "insufficient_funds" },
  });
  expect((await stripe.balanceTransactions.list()).data).toEqual([]);
  const again = await stripe.paymentIntents.confirm(id, { payment_method: "pm_card_visa" });
  expect(again.status).toBe("succeeded");
});

test("a debit without its holder's agreement is refused", async () => {
  const stripe = sandbox.client("b3");
  const { mandate_data: _none, ...bare } = bank("pm_usBankAccount_success");
  const error = await stripe.paymentIntents.create(bare).catch(failure);
  expect(error).toMatchObject({ statusCode: 400, param: "mandate_data" });
  const euro = { ...bank("pm_usBankAccount_success"), currency: "eur" };
  expect(await stripe.paymentIntents.create(euro).catch(failure)).toMatchObject({
    code: "payment_intent_invalid_currency",
  });
});

test("an account typed by its holder is verified by two small deposits", async () => {
  const stripe = sandbox.client("b4");
  const method = await stripe.paymentMethods.create({
    type: "us_bank_account",
    us_bank_account: {
      ...{ account_holder_type: "individual", account_number: "000123456789" },
      routing_number: "110000000",
    },
    billing_details: { name: "Ada" },
  });
  const asked = await stripe.paymentIntents.create(bank(method.id));
  expect(asked).toMatchObject({
    status: "requires_action",
    next_action: { type: "verify_with_microdeposits" },
  });
  const tell = (amounts: number[]) =>
    stripe.paymentIntents.verifyMicrodeposits(asked.id, { amounts });
  expect(await tell([1, 2]).catch(failure)).toMatchObject({ statusCode: 400, param: "amounts" });
  expect((await tell([45, 32])).status).toBe("processing");
  const unknown = stripe.paymentMethods.create({
    type: "us_bank_account",
    us_bank_account: { account_number: "123", routing_number: "110000000" },
    billing_details: { name: "Ada" },
  });
  expect(await unknown.catch(failure)).toMatchObject({
    param: "us_bank_account[account_number]",
  });
});

test("a SEPA debit is under a mandate with a reference, and a bad IBAN is refused", async () => {
  const stripe = sandbox.client("b5");
  const billing_details = { name: "Ada", email: "ada@acme.test" };
  const iban = (written: string) =>
    stripe.paymentMethods.create({
      ...{ type: "sepa_debit", sepa_debit: { iban: written }, billing_details },
    });
  expect(await iban("DE89370400440532013001").catch(failure)).toMatchObject({
    param: "sepa_debit[iban]",
  });
  const method = await iban("DE08 3704 0044 0532 0130 03");
  const made = await stripe.paymentIntents.create({
    ...{ ...euros, payment_method: method.id, mandate_data, expand: ["latest_charge"] },
  });
  const details = (made.latest_charge as Stripe.Charge).payment_method_details?.sepa_debit;
  const mandate = await stripe.mandates.retrieve(String(details?.mandate));
  expect(mandate).toMatchObject({
    ...{ status: "active", payment_method: method.id },
    payment_method_details: { type: "sepa_debit" },
  });
  await wait("b5");
  expect((await stripe.paymentIntents.retrieve(made.id)).status).toBe("processing");
  await wait("b5", 180);
  expect((await stripe.paymentIntents.retrieve(made.id)).status).toBe("succeeded");
});

test("iDEAL leads its payer to a page of the bank and back", async () => {
  const stripe = sandbox.client("b6");
  const method = await stripe.paymentMethods.create({ type: "ideal", ideal: {} });
  const params = { ...euros, payment_method: method.id };
  const stuck = await stripe.paymentIntents.create(params).catch(failure);
  expect(stuck).toMatchObject({ param: "return_url" });
  const asked = await stripe.paymentIntents.create({
    ...{ ...params, return_url: "https://shop.test/done" },
  });
  const url = asked.next_action?.redirect_to_url?.url ?? "";
  const body = new URLSearchParams({ answer: "complete" });
  const back = await fetch(url, { method: "POST", body, redirect: "manual" });
  expect(back.headers.get("location")).toContain(`payment_intent=${asked.id}`);
  const paid = await stripe.paymentIntents.retrieve(asked.id, { expand: ["latest_charge"] });
  expect(paid).toMatchObject({
    status: "succeeded",
    latest_charge: { payment_method_details: { type: "ideal" } },
  });
});

test("Pix shows a code to scan", async () => {
  const stripe = sandbox.client("b7");
  const method = await stripe.paymentMethods.create({ type: "pix", pix: {} });
  const asked = await stripe.paymentIntents.create({
    ...{ amount: 5000, currency: "brl", payment_method: method.id, confirm: true },
  });
  const url = asked.next_action?.pix_display_qr_code?.hosted_instructions_url ?? "";
  await fetch(url, { method: "POST", body: new URLSearchParams({ answer: "complete" }) });
  expect((await stripe.paymentIntents.retrieve(asked.id)).status).toBe("succeeded");
});

async function payingByBank(stripe: Stripe, token: string): Promise<Stripe.Customer> {
  const customer = await stripe.customers.create({ email: "ada@acme.test" });
  const method = await stripe.paymentMethods.attach(token, { customer: customer.id });
  return stripe.customers.update(customer.id, {
    invoice_settings: { default_payment_method: method.id },
  });
}

test("a subscription by bank is active while its debit is on the way, then paid", async () => {
  const stripe = sandbox.client("b8");
  const price = await monthlyPrice(stripe, 2000);
  const customer = await payingByBank(stripe, "pm_usBankAccount_success");
  const items = [{ price: price.id }];
  const made = await stripe.subscriptions.create({
    ...{ customer: customer.id, items, expand: ["latest_invoice"] },
  });
  expect(made).toMatchObject({
    status: "active",
    latest_invoice: { status: "open", attempted: true, attempt_count: 1 },
  });
  await wait("b8");
  const invoice = await stripe.invoices.retrieve((made.latest_invoice as Stripe.Invoice).id);
  expect(invoice).toMatchObject({ status: "paid", amount_paid: 2000, attempt_count: 1 });
});

test("a subscription whose debit comes back is past due", async () => {
  const stripe = sandbox.client("b9");
  const price = await monthlyPrice(stripe, 2000);
  const customer = await payingByBank(stripe, "pm_usBankAccount_accountClosed");
  const items = [{ price: price.id }];
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items });
  await wait("b9");
  const expand = ["latest_invoice"];
  expect(await stripe.subscriptions.retrieve(id, { expand })).toMatchObject({
    status: "past_due",
    latest_invoice: { status: "open", attempt_count: 1, next_payment_attempt: expect.any(Number) },
  });
});

test.each([
  ["pm_usBankAccount_success", "async_payment_succeeded", "paid"],
  ["pm_usBankAccount_noAccount", "async_payment_failed", "unpaid"],
])("a Checkout paid by %s ends with %s", async (token, ending, status) => {
  const name = `b10${status}`;
  const stripe = sandbox.client(name);
  const session = await stripe.checkout.sessions.create({
    ...{ mode: "payment", success_url: "https://shop.test/done" },
    line_items: [
      {
        price_data: { currency: "usd", unit_amount: 5000, product_data: { name: "Lamp" } },
        quantity: 1,
      },
    ],
  });
  await sandbox.admin(`/checkout/${session.id}/complete`, { card: token }, name);
  const unpaid = await stripe.checkout.sessions.retrieve(session.id);
  expect(unpaid).toMatchObject({ status: "complete", payment_status: "unpaid" });
  await wait(name);
  expect(await typesOf(stripe)).toContain(`checkout.session.${ending}`);
  const after = await stripe.checkout.sessions.retrieve(session.id);
  expect(after.payment_status).toBe(status);
});

test("a debit its holder takes back is a dispute of the payment", async () => {
  const stripe = sandbox.client("b11");
  await stripe.paymentIntents.create(bank("pm_usBankAccount_dispute"));
  await wait("b11");
  expect((await stripe.disputes.list()).data).toMatchObject([{ reason: "debit_not_authorized" }]);
});
