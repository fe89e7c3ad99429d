import type Stripe from "stripe";
import { expect, test } from "vitest";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;
const mandate_data = {
  customer_acceptance: {
    type: "online" as const,
    online: { ip_address: "10.1.2.3", user_agent: "test" },
  },
};

/** A setup of a bank account whose holder has yet to tell its small deposits. */
async function asked(name: string) {
  const stripe = sandbox.client(name);
  const customer = await stripe.customers.create({ email: "ada@acme.test" });
  const method = await stripe.paymentMethods.create({
    type: "us_bank_account",
    us_bank_account: {
      ...{ account_holder_type: "individual", account_number: "000123456789" },
      routing_number: "110000000",
    },
    billing_details: { name: "Ada" },
  });
  const setup = await stripe.setupIntents.create({
    ...{ customer: customer.id, payment_method: method.id, confirm: true, mandate_data },
  });
  const tell = (told: Stripe.SetupIntentVerifyMicrodepositsParams) =>
    stripe.setupIntents.verifyMicrodeposits(setup.id, told);
  return { stripe, customer, method, setup, tell };
}

test("a bank account is saved once the code on its statement was told", async () => {
  const { stripe, customer, method, setup, tell } = await asked("code");
  expect(setup).toMatchObject({
    status: "requires_action",
    next_action: {
      type: "verify_with_microdeposits",
      verify_with_microdeposits: { microdeposit_type: "descriptor_code" },
    },
  });
  expect(await tell({ descriptor_code: "SM99ZZ" }).catch(failure)).toMatchObject({
    ...{ statusCode: 400, rawType: "invalid_request_error", param: "descriptor_code" },
    code: "payment_method_microdeposit_verification_descriptor_code_mismatch",
  });
  const done = await tell({ descriptor_code: "SM11AA" });
  expect(done).toMatchObject({ status: "succeeded", payment_method: method.id, next_action: null });
  const mandate = await stripe.mandates.retrieve(String(done.mandate));
  expect(mandate.customer_acceptance.online).toMatchObject({ ip_address: "10.1.2.3" });
  const debit = await stripe.paymentIntents.create({
    ...{ amount: 5000, currency: "usd", customer: customer.id, payment_method: method.id },
    ...{ confirm: true, off_session: true },
  });
  expect(debit.status).toBe("processing");
  expect(await tell({ descriptor_code: "SM11AA" }).catch(failure)).toMatchObject({
    ...{ statusCode: 400, code: "setup_intent_unexpected_state" },
  });
});

test("two amounts do as well, in either order, and only two positive ones are amounts", async () => {
  const { tell } = await asked("amounts");
  expect(await tell({ amounts: [32] }).catch(failure)).toMatchObject({
    ...{ statusCode: 400, param: "amounts" },
    code: "payment_method_microdeposit_verification_amounts_invalid",
  });
  expect(await tell({ amounts: [1, 2] }).catch(failure)).toMatchObject({
    code: "payment_method_microdeposit_verification_amounts_mismatch",
  });
  expect((await tell({ amounts: [45, 32] })).status).toBe("succeeded");
});

test.each([
  [{ descriptor_code: "SM33CC" }, "attempts_exceeded"],
  [{ descriptor_code: "SM44DD" }, "timeout"],
  [{ amounts: [10, 11] }, "attempts_exceeded"],
  [{ amounts: [40, 41] }, "timeout"],
])("%j ends the setup of this account, and another may follow", async (told, why) => {
  const { stripe, setup, tell } = await asked(`over_${Object.keys(told)[0]}_${why}`);
  const code = `payment_method_microdeposit_verification_${why}`;
  expect(await tell(told).catch(failure)).toMatchObject({ statusCode: 400, code });
  expect(await stripe.setupIntents.retrieve(setup.id)).toMatchObject({
    ...{ status: "requires_payment_method", payment_method: null, last_setup_error: { code } },
  });
  const types = (await stripe.events.list({ limit: 1 })).data.map(({ type }) => type);
  expect(types).toEqual(["setup_intent.setup_failed"]);
});

test("the third wrong pair of amounts is the last", async () => {
  const { stripe, setup, tell } = await asked("thrice");
  const codes: unknown[] = [];
  for (const cents of [1, 2, 3]) {
    const wrong = await tell({ amounts: [cents, 9] }).catch(failure);
    codes.push((wrong as Stripe.errors.StripeError).code);
  }
  expect(codes.map((code) => String(code).split("_").slice(4).join("_"))).toEqual([
    ...["amounts_mismatch", "amounts_mismatch", "attempts_exceeded"],
  ]);
  const after = await stripe.setupIntents.retrieve(setup.id);
  expect(after.status).toBe("requires_payment_method");
});

test("a bank account is not set up without its holder's agreement", async () => {
  const { stripe, customer, method } = await asked("agreed");
  const bare = await stripe.paymentMethods.create({
    type: "us_bank_account",
    us_bank_account: { account_number: "000123456789", routing_number: "110000000" },
    billing_details: { name: "Ada" },
  });
  expect(bare.id).not.toBe(method.id);
  const setup = stripe.setupIntents.create({
    ...{ customer: customer.id, payment_method: bare.id, confirm: true },
  });
  expect(await setup.catch(failure)).toMatchObject({
    ...{ statusCode: 400, code: "setup_intent_mandate_invalid", param: "mandate_data" },
  });
});

test("a browser tells the deposits with the setup's secret, and with no other", async () => {
  const { setup } = await asked("browser");
  const tell = (secret: string) =>
    fetch(`${sandbox.url}/v1/setup_intents/${setup.id}/verify_microdeposits`, {
      method: "POST",
      headers: { authorization: "Bearer pk_test_browser" },
      body: new URLSearchParams({ client_secret: secret, descriptor_code: "SM11AA" }),
    });
  expect((await tell("other")).status).toBe(400);
  const told = await tell(setup.client_secret ?? "");
  expect(await told.json()).toMatchObject({ id: setup.id, status: "succeeded" });
});

test("a payment's deposits end like a setup's", async () => {
  const { stripe } = await asked("payment");
  const fresh = await stripe.paymentMethods.create({
    type: "us_bank_account",
    us_bank_account: { account_number: "000123456789", routing_number: "110000000" },
    billing_details: { name: "Ada" },
  });
  const intent = await stripe.paymentIntents.create({
    ...{ amount: 5000, currency: "usd", payment_method: fresh.id, confirm: true, mandate_data },
  });
  const told = stripe.paymentIntents.verifyMicrodeposits(intent.id, { amounts: [10, 11] });
  const code = "payment_method_microdeposit_verification_attempts_exceeded";
  expect(await told.catch(failure)).toMatchObject({ statusCode: 400, code, param: "amounts" });
  expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
    ...{ status: "requires_payment_method", last_payment_error: { code } },
  });
});
