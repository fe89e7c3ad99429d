import type Stripe from "stripe";
import { beforeAll, expect, test } from "vitest";
import { type Frame, openFrame } from "#tests/sandbox/embedded-frame";
import { readyAccount, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const cards = { card_management: true, cardholder_management: true };
const everyCardFeature = { ...cards, spend_control_management: true };
let stripe: Stripe;
let account: string;
let frame: Frame;
const there = () => ({ stripeAccount: account });
const holder = {
  ...{ holder_name: "Mei Lin", line1: "1 Pine St", city: "Oakland", postal_code: "94607" },
};

beforeAll(async () => {
  stripe = sandbox.client();
  account = await readyAccount(sandbox, "test");
  await stripe.paymentIntents.create(
    {
      ...{ amount: 100_000, currency: "usd", confirm: true, application_fee_amount: 900 },
      payment_method: "pm_card_bypassPending",
    },
    there(),
  );
  frame = await openFrame(sandbox, "test", account, {
    ...{ issuing_card: everyCardFeature, issuing_cards_list: everyCardFeature },
    ...{ documents: {}, balance_report: {}, payout_reconciliation_report: {} },
    ...{ tax_settings: {}, tax_registrations: {} },
    ...{ financial_account: { send_money: true }, financial_account_transactions: {} },
  });
});

test("a holder is made with a card, and has a second one", async () => {
  await frame.act("issuing-cards-list?act=create", holder);
  const [mei] = (await stripe.issuing.cardholders.list({}, there())).data;
  expect(mei).toMatchObject({ name: "Mei Lin" });
  await frame.act("issuing-cards-list?act=create", { cardholder: mei?.id ?? "" });
  const { data } = await stripe.issuing.cards.list({ cardholder: mei?.id ?? "" }, there());
  expect(data).toHaveLength(2);
  expect(new Set(data.map(({ last4 }) => last4)).size).toBe(2);
  expect((await stripe.issuing.cardholders.list({}, there())).data).toHaveLength(1);
});

test("a frozen card declines, an awake one pays, and its limit shows what is left", async () => {
  const [card] = (await stripe.issuing.cards.list({}, there())).data;
  const id = card?.id ?? "";
  const ask = (amount: number) =>
    stripe.testHelpers.issuing.authorizations.create(
      { card: id, amount, merchant_data: { name: "Lamp House" } },
      there(),
    );
  await frame.act("issuing-card?act=status", { card: id, status: "inactive" });
  expect((await ask(100)).approved).toBe(false);
  await frame.act("issuing-card?act=status", { card: id, status: "active" });
  await frame.act("issuing-card?act=limit", {
    ...{ card: id, limit_amount: "50.00", interval: "monthly" },
  });
  expect((await ask(3000)).approved).toBe(true);
  expect((await ask(3000)).approved).toBe(false);
  const { text } = await frame.see(`issuing-card?defaultCard=${id}`);
  expect(text).toContain("$50.00 USD monthly, $20.00 USD left");
  expect(text).toContain("The card was frozen");
  expect(text).toContain("Over its limit");
  await frame.act("issuing-card?act=limit", { card: id, limit_amount: "", interval: "monthly" });
  const free = await stripe.issuing.cards.retrieve(id, {}, there());
  expect(free.spending_controls.spending_limits).toEqual([]);
});

test("a canceled card keeps its reason and offers nothing more", async () => {
  const [card] = (await stripe.issuing.cards.list({}, there())).data;
  const id = card?.id ?? "";
  await frame.act("issuing-cards-list?act=status", {
    ...{ card: id, status: "canceled", cancellation_reason: "lost" },
  });
  expect(await stripe.issuing.cards.retrieve(id, {}, there())).toMatchObject({
    ...{ status: "canceled", cancellation_reason: "lost" },
  });
  const { text } = await frame.see(`issuing-cards-list?card=${id}`);
  expect(text).not.toMatch(/Freeze|Change limit…/);
  expect((await frame.act("issuing-card?act=status", { card: id, status: "active" })).status).toBe(
    400,
  );
});

test("without its feature a card is neither made nor changed", async () => {
  const bare = await openFrame(sandbox, "test", account, {
    ...{ issuing_card: {}, issuing_cards_list: { card_management: true } },
    financial_account: { send_money: false },
  });
  expect((await bare.see("issuing-card")).text).not.toMatch(/Freeze|Change limit…/);
  expect((await bare.see("issuing-cards-list")).text).not.toContain("New cardholder…");
  expect((await bare.act("issuing-card?act=limit", { card: "ic_1" })).status).toBe(403);
  expect((await bare.act("issuing-cards-list?act=create", holder)).status).toBe(400);
  expect((await bare.act("financial-account?act=send", {})).status).toBe(403);
});

test("the page around names the financial account", async () => {
  const named = async (nickname: string, amount: number) => {
    const { id } = await stripe.treasury.financialAccounts.create(
      { supported_currencies: ["usd"], nickname },
      there(),
    );
    const credit = { amount, currency: "usd", financial_account: id, network: "ach" as const };
    await stripe.testHelpers.treasury.receivedCredits.create(credit, there());
    return id;
  };
  const rent = await named("Rent", 9000);
  const savings = await named("Savings", 1234);
  const { text } = await frame.see(`financial-account?financialAccount=${savings}`);
  expect(text).toContain("$12.34 USD");
  expect(text).not.toContain("$90.00 USD");
  const rows = await frame.see(`financial-account-transactions?financialAccount=${rent}`);
  expect(rows.text).toContain("$90.00 USD");
  const none = await frame.see("financial-account?financialAccount=fa_nobody");
  expect(none.text).toContain("has no financial account");
  const refused = await frame.act(`financial-account?financialAccount=${savings}&act=send`, {
    ...{ financial_account: savings, currency: "usd", send_amount: "12.35", name: "Landlord" },
    ...{ account_number: "000123456789", routing_number: "110000000" },
  });
  expect(refused.text).toContain("balance is too low");
});

test("a statement adds up to the fees in the ledger, and one that is not there is refused", async () => {
  const { text } = await frame.see("documents");
  expect(text).toContain("$29.30 USD");
  expect(text).toContain("$9.00 USD");
  expect(text).toContain("$38.30 USD");
  expect(text).toContain("so far");
  const link = /files\/(pdf\?month=[\d-]+&amp;currency=usd)/.exec(text)?.[1] ?? "";
  const pdf = await frame.see(`documents/files/${link.replace("&amp;", "&")}`);
  expect(pdf).toMatchObject({ status: 200, type: "application/pdf" });
  expect(pdf.text).toContain("$38.30 USD");
  const missing = await frame.see("documents/files/pdf?month=1999-01&currency=usd");
  expect(missing.status).toBe(404);
});

test("a report's file is made by a run of the reporting API", async () => {
  const csv = await frame.see("balance-report/files/csv");
  const [run] = (await stripe.reporting.reportRuns.list({}, there())).data;
  expect(run).toMatchObject({ report_type: "balance.summary.1", status: "succeeded" });
  const contents = await fetch(run?.result?.url ?? "", {
    headers: { authorization: "Bearer sk_test_test", "stripe-account": account },
  });
  expect(await contents.text()).toBe(csv.text);
  expect((await frame.see("balance-report")).text).toContain("Ending balance");
  expect((await frame.see("payout-reconciliation-report/files/csv")).text).toContain(
    "automatic_payout_id",
  );
  const backwards = "from=2026-05-02&to=2026-05-01";
  expect((await frame.see(`balance-report?${backwards}`)).text).toContain(
    "The first day is after the last.",
  );
  expect((await frame.see(`balance-report/files/csv?${backwards}`)).status).toBe(400);
});

test("a state of the United States is registered, and ended", async () => {
  const added = await frame.act("tax-registrations?act=add", { country: "US", region: "CA" });
  expect(added.text).toContain("AfterTaxRegistrationAdded");
  const [made] = (await stripe.tax.registrations.list({}, there())).data;
  expect(made?.country_options.us).toMatchObject({ state: "CA", type: "state_sales_tax" });
  await frame.act("tax-registrations?act=expire", { registration: made?.id ?? "" });
  const after = await stripe.tax.registrations.retrieve(made?.id ?? "", {}, there());
  expect(after.status).toBe("expired");
});

test("a registration of a later day waits for it", async () => {
  const { now } = await sandbox.admin<{ now: number }>("/clock");
  const from = new Date((now + 10 * 86_400) * 1000).toISOString().slice(0, 10);
  const said = await frame.act("tax-registrations?act=add", { country: "FR", from });
  expect(said.text).toContain(`You are registered in FR from ${from}.`);
  const { data } = await stripe.tax.registrations.list({ status: "scheduled" }, there());
  expect(data.map(({ country }) => country)).toEqual(["FR"]);
});
