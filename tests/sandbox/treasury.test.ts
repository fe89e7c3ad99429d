import type Stripe from "stripe";
import { beforeAll, expect, test } from "vitest";
import { listen, readyAccount, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
let stripe: Stripe;
let account: string;
let savings: string;
const there = () => ({ stripeAccount: account });

beforeAll(async () => {
  stripe = sandbox.client();
  account = await readyAccount(sandbox, "test");
  const made = await stripe.treasury.financialAccounts.create(
    { supported_currencies: ["usd"], nickname: "Savings" },
    there(),
  );
  savings = made.id;
});

const cash = async () => {
  const { balance } = await stripe.treasury.financialAccounts.retrieve(savings, {}, there());
  return balance.cash.usd;
};
const receive = (amount: number, description?: string) =>
  stripe.testHelpers.treasury.receivedCredits.create(
    {
      ...{ amount, currency: "usd", financial_account: savings, network: "ach" },
      ...(description === undefined ? {} : { description }),
    },
    there(),
  );
const send = (amount: number, currency = "usd") =>
  stripe.treasury.outboundPayments.create(
    {
      ...{ amount, currency, financial_account: savings, description: "Rent" },
      destination_payment_method_data: {
        type: "us_bank_account",
        billing_details: { name: "Landlord" },
        us_bank_account: { account_number: "000123456789", routing_number: "110000000" },
      },
    },
    there(),
  );

test("a financial account is opened empty, renamed, and seen by its own account alone", async () => {
  const found = await stripe.treasury.financialAccounts.retrieve(savings, {}, there());
  expect(found).toMatchObject({
    status: "open",
    nickname: "Savings",
    balance: { cash: { usd: 0 } },
  });
  const renamed = await stripe.treasury.financialAccounts.update(
    savings,
    { nickname: "Rent", metadata: { for: "rent" } },
    there(),
  );
  expect(renamed).toMatchObject({ nickname: "Rent", metadata: { for: "rent" } });
  const { data } = await stripe.treasury.financialAccounts.list({}, there());
  expect(data.map(({ id }) => id)).toEqual([savings]);
  await expect(stripe.treasury.financialAccounts.retrieve(savings)).rejects.toMatchObject({
    code: "resource_missing",
  });
});

test("the cash is always the sum of its transactions", async () => {
  const credit = await receive(9000, "Invoice 7");
  expect(credit).toMatchObject({ status: "succeeded", network: "ach", description: "Invoice 7" });
  const payment = await send(2500);
  expect(payment).toMatchObject({ status: "posted", amount: 2500 });
  expect(payment.destination_payment_method_details).toMatchObject({
    us_bank_account: { last4: "6789" },
  });
  expect(await cash()).toBe(6500);
  const { data } = await stripe.treasury.transactions.list({ financial_account: savings }, there());
  expect(data.map(({ amount, flow, flow_type }) => [amount, flow, flow_type])).toEqual([
    [-2500, payment.id, "outbound_payment"],
    [9000, credit.id, "received_credit"],
  ]);
  expect(data.reduce((sum, { amount }) => sum + amount, 0)).toBe(6500);
  const one = await stripe.treasury.transactions.retrieve(data[0]?.id ?? "", {}, there());
  expect(one).toMatchObject({ id: payment.transaction, status: "posted" });
});

test("what is not there, or of another currency, cannot be sent", async () => {
  const before = await cash();
  await expect(send(1_000_000)).rejects.toMatchObject({ code: "balance_insufficient" });
  await expect(send(0)).rejects.toMatchObject({ code: "parameter_invalid_integer" });
  await expect(send(100, "eur")).rejects.toMatchObject({ param: "currency" });
  expect(await cash()).toBe(before);
  const { data } = await stripe.treasury.outboundPayments.list(
    { financial_account: savings },
    there(),
  );
  expect(data).toHaveLength(1);
});

test("both ways are announced", async () => {
  const hook = await listen();
  await stripe.webhookEndpoints.create({ url: hook.url, enabled_events: ["*"], connect: true });
  await receive(100);
  await send(100);
  await sandbox.admin("/settle", {});
  expect(hook.types()).toEqual(
    expect.arrayContaining([
      ...["treasury.received_credit.created", "treasury.received_credit.succeeded"],
      ...["treasury.outbound_payment.created", "treasury.outbound_payment.posted"],
    ]),
  );
  hook.close();
});

test("what is unknown, missing or not built is refused by name", async () => {
  const wrong = { supported_currencies: ["usd"], colour: "red" };
  await expect(stripe.treasury.financialAccounts.create(wrong, there())).rejects.toMatchObject({
    code: "parameter_unknown",
    param: "colour",
  });
  const nameless = { currency: "usd", amount: 1 } as Stripe.Treasury.OutboundPaymentCreateParams;
  await expect(stripe.treasury.outboundPayments.create(nameless, there())).rejects.toMatchObject({
    code: "parameter_missing",
  });
  await expect(
    stripe.treasury.inboundTransfers.list({ financial_account: savings }, there()),
  ).rejects.toMatchObject({ statusCode: 501 });
});
