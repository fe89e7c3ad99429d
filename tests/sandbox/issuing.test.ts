import type Stripe from "stripe";
import { beforeAll, expect, test } from "vitest";
import { listen, readyAccount, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
let stripe: Stripe;
let account: string;
let holder: Stripe.Issuing.Cardholder;
const there = () => ({ stripeAccount: account });
const helpers = () => stripe.testHelpers.issuing;

beforeAll(async () => {
  stripe = sandbox.client();
  account = await readyAccount(sandbox, "test");
  const manual = { payouts: { schedule: { interval: "manual" as const } } };
  await stripe.balanceSettings.update({ payments: manual }, there());
  await stripe.paymentIntents.create(
    {
      ...{ amount: 100_000, currency: "usd", confirm: true },
      payment_method: "pm_card_bypassPending",
    },
    there(),
  );
  const address = { line1: "1 Pine St", city: "Oakland", postal_code: "94607", country: "US" };
  holder = await stripe.issuing.cardholders.create(
    { name: "Mei Lin", email: "mei@shop.test", billing: { address } },
    there(),
  );
});

const newCard = (params: Partial<Stripe.Issuing.CardCreateParams> = {}) =>
  stripe.issuing.cards.create(
    { cardholder: holder.id, currency: "usd", type: "virtual", status: "active", ...params },
    there(),
  );
const ask = (card: string, amount: number) =>
  helpers().authorizations.create({ card, amount, merchant_data: { name: "Paper" } }, there());
const available = async () => {
  const { available: free } = await stripe.balance.retrieve({}, there());
  return free.find(({ currency }) => currency === "usd")?.amount ?? 0;
};
const rowsOf = async (source: string) => {
  const { data } = await stripe.balanceTransactions.list({ source }, there());
  return data.map(({ type, amount }) => [type, amount]);
};

test("a virtual card is made inactive, shows four digits, and belongs to its account", async () => {
  const card = await stripe.issuing.cards.create(
    { cardholder: holder.id, currency: "usd", type: "virtual" },
    there(),
  );
  expect(card).toMatchObject({ object: "issuing.card", status: "inactive", brand: "Visa" });
  expect(card.last4).toMatch(/^\d{4}$/);
  expect(JSON.stringify(card)).not.toMatch(/4000009\d{9}/);
  const { data } = await stripe.issuing.cards.list({ cardholder: holder.id }, there());
  expect(data.map(({ id }) => id)).toContain(card.id);
  await expect(stripe.issuing.cards.retrieve(card.id)).rejects.toMatchObject({
    code: "resource_missing",
  });
  await expect(newCard({ type: "physical" })).rejects.toMatchObject({ statusCode: 501 });
});

test("a purchase is held when it is promised, and taken when it is captured", async () => {
  const before = await available();
  const card = await newCard();
  const promised = await ask(card.id, 2500);
  expect(promised).toMatchObject({ approved: true, status: "pending", amount: 2500 });
  expect(await available()).toBe(before - 2500);

  const taken = await helpers().authorizations.capture(
    promised.id,
    { capture_amount: 2000 },
    there(),
  );
  expect(taken).toMatchObject({ status: "closed", amount: 0 });
  const [bought] = taken.transactions;
  expect(bought).toMatchObject({ amount: -2000, authorization: promised.id, card: card.id });
  expect(await available()).toBe(before - 2000);
  expect(await rowsOf(promised.id)).toEqual([
    ["issuing_authorization_release", 2500],
    ["issuing_authorization_hold", -2500],
  ]);
  expect(await rowsOf(bought?.id ?? "")).toEqual([["issuing_transaction", -2000]]);
  await expect(helpers().authorizations.capture(promised.id, {}, there())).rejects.toMatchObject({
    type: "StripeInvalidRequestError",
  });
});

test("a promise let go, or never taken up, gives all of it back", async () => {
  const before = await available();
  const card = await newCard();
  const one = await ask(card.id, 700);
  const other = await ask(card.id, 800);
  expect(await available()).toBe(before - 1500);
  expect((await helpers().authorizations.reverse(one.id, {}, there())).status).toBe("reversed");
  expect((await helpers().authorizations.expire(other.id, {}, there())).status).toBe("expired");
  expect(await available()).toBe(before);
});

test("a frozen card, an inactive holder, an empty balance and a reached limit decline", async () => {
  const reasonFor = async (card: string, amount: number) => {
    const { approved, request_history: asked } = await ask(card, amount);
    return approved ? "approved" : asked[0]?.reason;
  };
  const limit = { amount: 5000, interval: "monthly" as const };
  const card = await newCard({ spending_controls: { spending_limits: [limit] } });
  expect(await reasonFor(card.id, 5001)).toBe("spending_controls");
  expect(await reasonFor(card.id, 3000)).toBe("approved");
  expect(await reasonFor(card.id, 2001)).toBe("spending_controls");
  expect(await reasonFor(card.id, 2000)).toBe("approved");

  const free = await newCard();
  expect(await reasonFor(free.id, 99_999_999)).toBe("insufficient_funds");
  await stripe.issuing.cards.update(free.id, { status: "inactive" }, there());
  expect(await reasonFor(free.id, 100)).toBe("card_inactive");
  await stripe.issuing.cards.update(free.id, { status: "active" }, there());
  await stripe.issuing.cardholders.update(holder.id, { status: "inactive" }, there());
  expect(await reasonFor(free.id, 100)).toBe("cardholder_inactive");
  await stripe.issuing.cardholders.update(holder.id, { status: "active" }, there());
  await stripe.issuing.cards.update(free.id, { status: "canceled" }, there());
  expect(await reasonFor(free.id, 100)).toBe("card_canceled");
  const again = stripe.issuing.cards.update(free.id, { status: "active" }, there());
  await expect(again).rejects.toMatchObject({ type: "StripeInvalidRequestError" });
});

test("a monthly limit begins anew with the month", async () => {
  const limit = { amount: 1000, interval: "monthly" as const };
  const card = await newCard({ spending_controls: { spending_limits: [limit] } });
  expect((await ask(card.id, 1000)).approved).toBe(true);
  expect((await ask(card.id, 1)).approved).toBe(false);
  await sandbox.admin("/clock", { advance_seconds: 32 * 86_400 });
  expect((await ask(card.id, 1000)).approved).toBe(true);
});

test("a card of a financial account spends that account's money", async () => {
  const { id: account } = await stripe.treasury.financialAccounts.create(
    { supported_currencies: ["usd"] },
    there(),
  );
  await stripe.testHelpers.treasury.receivedCredits.create(
    { amount: 5000, currency: "usd", financial_account: account, network: "ach" },
    there(),
  );
  const balance = async () => {
    const found = await stripe.treasury.financialAccounts.retrieve(account, {}, there());
    return [found.balance.cash.usd, found.balance.outbound_pending.usd];
  };
  const card = await newCard({ financial_account: account });
  const promised = await ask(card.id, 3000);
  expect(promised.treasury?.transaction).toMatch(/^trxn_/);
  expect(await balance()).toEqual([2000, 3000]);
  expect((await ask(card.id, 2001)).request_history[0]?.reason).toBe("insufficient_funds");
  await helpers().authorizations.capture(promised.id, { capture_amount: 2500 }, there());
  expect(await balance()).toEqual([2500, 0]);
  const second = await ask(card.id, 1000);
  await helpers().authorizations.reverse(second.id, {}, there());
  expect(await balance()).toEqual([2500, 0]);
  const { data } = await stripe.treasury.transactions.list({ financial_account: account }, there());
  expect(data.map(({ amount, status }) => [amount, status])).toEqual([
    [-1000, "void"],
    [-2500, "posted"],
    [5000, "posted"],
  ]);
});

test("a forced capture is a purchase nobody asked about, and everything is announced", async () => {
  const hook = await listen();
  await stripe.webhookEndpoints.create({ url: hook.url, enabled_events: ["*"], connect: true });
  const card = await newCard();
  const bought = { card: card.id, amount: 1500, merchant_data: { name: "Paper & Co" } };
  const forced = await helpers().transactions.createForceCapture(bought, there());
  expect(forced).toMatchObject({ amount: -1500, type: "capture", authorization: null });
  expect(await rowsOf(forced.id)).toEqual([["issuing_transaction", -1500]]);
  const asked = await ask(card.id, 100);
  await helpers().authorizations.capture(asked.id, {}, there());
  await sandbox.admin("/settle", {});
  expect(hook.types()).toEqual(
    expect.arrayContaining([
      ...["issuing_card.created", "issuing_transaction.created"],
      ...["issuing_authorization.created", "issuing_authorization.updated"],
    ]),
  );
  hook.close();
});

test("what is unknown, missing or not built is refused by name", async () => {
  const wrong = { cardholder: holder.id, currency: "usd", type: "virtual", colour: "red" };
  await expect(
    stripe.issuing.cards.create(wrong as Stripe.Issuing.CardCreateParams, there()),
  ).rejects.toMatchObject({ code: "parameter_unknown", param: "colour" });
  const replacement = newCard({ replacement_for: "ic_1" });
  await expect(replacement).rejects.toMatchObject({ statusCode: 501, param: "replacement_for" });
  const nobody = stripe.issuing.cards.create(
    { cardholder: "ich_nobody", currency: "usd", type: "virtual" },
    there(),
  );
  await expect(nobody).rejects.toMatchObject({ code: "resource_missing", param: "cardholder" });
});

test("a purchase expands to its card, its holder and what promised it", async () => {
  const card = await newCard();
  const asked = await ask(card.id, 300);
  await helpers().authorizations.capture(asked.id, {}, there());
  const expand = ["data.card", "data.cardholder", "data.authorization", "data.balance_transaction"];
  const { data } = await stripe.issuing.transactions.list({ card: card.id, expand }, there());
  expect(data[0]).toMatchObject({
    authorization: { id: asked.id, status: "closed" },
    balance_transaction: { type: "issuing_transaction", net: -300 },
    card: { id: card.id },
    cardholder: { id: holder.id, name: "Mei Lin" },
  });
  const rows = await stripe.balanceTransactions.list(
    { source: asked.id, expand: ["data.source"] },
    there(),
  );
  expect(rows.data[0]?.source).toMatchObject({ object: "issuing.authorization", id: asked.id });
});
