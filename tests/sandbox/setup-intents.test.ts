import { expect, test } from "vitest";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

async function person(name: string) {
  const stripe = sandbox.client(name);
  const customer = await stripe.customers.create({ email: "ada@acme.test" });
  const setUp = (payment_method?: string) =>
    stripe.setupIntents.create({
      customer: customer.id,
      ...(payment_method === undefined ? {} : { payment_method, confirm: true }),
    });
  const cards = async () => (await stripe.customers.listPaymentMethods(customer.id)).data;
  return { stripe, customer, setUp, cards };
}

test("a setup intent saves a card for later, with a mandate", async () => {
  const { stripe, customer, setUp, cards } = await person("su");
  const open = await setUp();
  expect(open).toMatchObject({ status: "requires_payment_method", usage: "off_session" });
  expect(open.client_secret).toMatch(new RegExp(`^${open.id}_secret_`));
  const done = await stripe.setupIntents.confirm(open.id, { payment_method: "pm_card_visa" });
  expect(done).toMatchObject({ status: "succeeded", customer: customer.id });
  expect((await cards())[0]?.id).toBe(done.payment_method);
  const mandate = await stripe.mandates.retrieve(String(done.mandate));
  expect(mandate).toMatchObject({ status: "active", payment_method: done.payment_method });
  await expect(stripe.setupIntents.cancel(done.id)).rejects.toMatchObject({
    code: "setup_intent_unexpected_state",
  });
});

test("16: each use of a test token saves a card of its own", async () => {
  const { setUp, cards } = await person("s16");
  const [first, second] = [await setUp("pm_card_visa"), await setUp("pm_card_visa")];
  expect(first.payment_method).not.toBe(second.payment_method);
  expect(await cards()).toHaveLength(2);
});

test("17: a declined card is a 402 with the setup intent in it, which goes on waiting", async () => {
  const { stripe, setUp, cards } = await person("s17");
  await expect(setUp("pm_card_chargeDeclined")).rejects.toMatchObject({
    statusCode: 402,
    code: "card_declined",
    decline_code: "generic_decline",
    setup_intent: { status: "requires_payment_method" },
  });
  expect(await cards()).toEqual([]);
  const types = (await stripe.events.list()).data.map(({ type }) => type);
  expect(types).toContain("setup_intent.setup_failed");
});

test("18: a card that asks its holder waits for them, and is saved or not by their answer", async () => {
  const { stripe, setUp, cards } = await person("s18");
  const asked = await setUp("pm_card_authenticationRequiredOnSetup");
  expect(asked.status).toBe("requires_action");
  const url = asked.next_action?.redirect_to_url?.url ?? "";
  expect(await (await fetch(url)).text()).toContain("Confirm it is you");
  const answer = (said: string) =>
    fetch(url, { method: "POST", body: new URLSearchParams({ answer: said }) });
  await answer("fail");
  expect((await stripe.setupIntents.retrieve(asked.id)).last_setup_error).toMatchObject({
    code: "setup_intent_authentication_failure",
  });
  const again = await stripe.setupIntents.confirm(asked.id, {
    payment_method: "pm_card_authenticationRequiredOnSetup",
  });
  const next = again.next_action?.redirect_to_url?.url ?? "";
  await fetch(next, { method: "POST", body: new URLSearchParams({ answer: "complete" }) });
  expect((await stripe.setupIntents.retrieve(asked.id)).status).toBe("succeeded");
  const [card] = await cards();
  const paid = await stripe.paymentIntents.create({
    amount: 1000,
    currency: "usd",
    customer: String(card?.customer),
    payment_method: card?.id ?? "",
    off_session: true,
    confirm: true,
  });
  expect(paid.status).toBe("succeeded");
});

test("a setup intent is changed and canceled while it waits", async () => {
  const { stripe, setUp } = await person("sc");
  const open = await setUp();
  await stripe.setupIntents.update(open.id, { metadata: { why: "later" } });
  const gone = await stripe.setupIntents.cancel(open.id, { cancellation_reason: "abandoned" });
  expect(gone).toMatchObject({
    status: "canceled",
    cancellation_reason: "abandoned",
    metadata: { why: "later" },
  });
});

test("a customer's tax ids are checked for their form, shown on invoices and taken away", async () => {
  const { stripe, customer } = await person("taxids");
  await expect(
    stripe.customers.createTaxId(customer.id, { type: "eu_vat", value: "12" }),
  ).rejects.toMatchObject({ code: "tax_id_invalid", param: "value" });
  const made = await stripe.customers.createTaxId(customer.id, {
    type: "eu_vat",
    value: "DE123456789",
  });
  expect(made).toMatchObject({ country: "DE", verification: { status: "pending" } });
  const invoice = await stripe.invoices.create({ customer: customer.id });
  expect(invoice.customer_tax_ids).toEqual([{ type: "eu_vat", value: "DE123456789" }]);
  await stripe.customers.deleteTaxId(customer.id, made.id);
  expect((await stripe.customers.listTaxIds(customer.id)).data).toEqual([]);
});
