import type Stripe from "stripe";
import { beforeAll, expect, test } from "vitest";
import { components } from "#sandbox/embedded/components";
import { readyAccount, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const name = "embedded";
const featuresOf: Record<string, Record<string, boolean>> = {
  payments: { refund_management: true, dispute_management: true, capture_payments: true },
  balances: { standard_payouts: true, edit_payout_schedule: true, instant_payouts: true },
  issuing_cards_list: {
    ...{ card_management: true, cardholder_management: true, spend_control_management: true },
  },
  financial_account: { send_money: true },
};
let stripe: Stripe;
let account: string;

beforeAll(async () => {
  stripe = sandbox.client(name);
  account = await readyAccount(sandbox, name);
});

type Enabled = Stripe.AccountSessionCreateParams["components"];

async function secretFor(enabled: Enabled = everything()): Promise<string> {
  const session = await stripe.accountSessions.create({ account, components: enabled });
  return session.client_secret;
}

function everything(): Enabled {
  const names = Object.keys(components).map((each) => each.replaceAll("-", "_"));
  return Object.fromEntries(
    names.map((each) => [each, { enabled: true, features: featuresOf[each] ?? {} }]),
  ) as Enabled;
}

async function claim(client_secret: string, publishable_key = `pk_test_${name}`) {
  const response = await fetch(`${sandbox.url}/embedded/claim`, {
    method: "POST",
    body: JSON.stringify({ client_secret, publishable_key }),
  });
  return { status: response.status, ...((await response.json()) as { token?: string }) };
}

/** A frame of an element, opened with a session of its own. */
async function frame(enabled?: Enabled) {
  const { token } = await claim(await secretFor(enabled));
  const at = (path: string) => `${sandbox.url}/embedded/${token}/${path}`;
  return {
    async see(path: string) {
      const response = await fetch(at(path));
      return { status: response.status, text: await response.text() };
    },
    async act(path: string, form: Record<string, string>) {
      const body = new URLSearchParams(form);
      const response = await fetch(at(path), { method: "POST", body });
      return { status: response.status, text: await response.text() };
    },
  };
}

const there = () => ({ stripeAccount: account });
const pay = (amount = 10_000, method = "pm_card_bypassPending") =>
  stripe.paymentIntents.create(
    { amount, currency: "usd", payment_method: method, confirm: true },
    there(),
  );

test("all 21 components that are generally available show the account's data", async () => {
  expect(Object.keys(components)).toHaveLength(21);
  await pay();
  const { see } = await frame();
  for (const each of Object.keys(components)) {
    const { status, text } = await see(each);
    expect([each, status]).toEqual([each, 200]);
    expect(text).toContain("/_js/frame.js");
  }
});

test("a session's secret is exchanged once, by its own platform's key, within its hour", async () => {
  const secret = await secretFor();
  expect(await claim(secret, "pk_test_other")).toMatchObject({ status: 401 });
  expect(await claim(secret, "sk_live_other")).toMatchObject({ status: 401 });
  expect(await claim(secret)).toMatchObject({ status: 200 });
  expect(await claim(secret)).toMatchObject({ status: 401 });
  expect(await claim("acct_sess_secret_made_up")).toMatchObject({ status: 401 });
});

test("a frame shows only what its session enabled, and nothing once its hour is over", async () => {
  const { see } = await frame({ payments: { enabled: true } });
  expect((await see("payments")).status).toBe(200);
  expect((await see("payouts")).status).toBe(401);
  expect((await see("made-up")).status).toBe(401);
  const forged = await fetch(`${sandbox.url}/embedded/forged/payments`);
  expect(forged.status).toBe(401);
  await sandbox.admin("/clock", { advance_seconds: 3601 }, name);
  expect((await see("payments")).status).toBe(401);
});

test("a payment is refunded in parts, and no further", async () => {
  const intent = await pay();
  const charge = String(intent.latest_charge);
  const { act } = await frame();
  const refund = (refund_amount: string) =>
    act("payments?act=refund", { charge, refund_amount, reason: "duplicate" });
  expect((await refund("40.00")).text).toContain("Refunded 40.00 USD");
  const { data } = await stripe.refunds.list({ charge }, there());
  expect(data).toMatchObject([{ amount: 4000, reason: "duplicate" }]);
  const tooMuch = await refund("60.01");
  expect(tooMuch.status).toBe(400);
  expect(tooMuch.text).toContain("greater than unrefunded amount");
  expect((await refund("12.345")).text).toContain("is no amount of USD");
});

test("what the session does not allow is neither shown nor done", async () => {
  const intent = await pay();
  const charge = String(intent.latest_charge);
  const { see, act } = await frame({
    payments: { enabled: true, features: { refund_management: false } },
  });
  expect((await see(`payments?payment=${charge}`)).text).not.toContain("Refund…");
  const refused = await act("payments?act=refund", { charge, refund_amount: "1.00" });
  expect(refused.status).toBe(403);
  expect((await stripe.charges.retrieve(charge, {}, there())).amount_refunded).toBe(0);
});

test("another account's payment cannot be seen or refunded", async () => {
  const other = await readyAccount(sandbox, name);
  const foreign = await stripe.paymentIntents.create(
    { amount: 5000, currency: "usd", payment_method: "pm_card_visa", confirm: true },
    { stripeAccount: other },
  );
  const charge = String(foreign.latest_charge);
  const { see, act } = await frame();
  expect((await see(`payment-details?payment=${charge}`)).text).toContain("No such payment");
  const refused = await act("payments?act=refund", { charge, refund_amount: "1.00" });
  expect(refused).toMatchObject({ status: 400 });
  expect(refused.text).toContain("No such charge");
});

test("evidence is submitted and the bank decides", async () => {
  await pay(5000, "pm_card_createDispute");
  const [dispute] = (await stripe.disputes.list({}, there())).data;
  const { act } = await frame();
  const form = {
    dispute: dispute?.id ?? "",
    uncategorized_text: "winning_evidence",
    submit: "yes",
  };
  expect((await act("disputes-list?act=answer", form)).text).toContain("submitted");
  await sandbox.admin("/clock", { advance_seconds: 1 }, name);
  expect((await stripe.disputes.retrieve(dispute?.id ?? "", {}, there())).status).toBe("won");
});

test("a balance is paid out and its schedule changed", async () => {
  await pay(50_000);
  const { act, see } = await frame();
  const paid = await act("balances?act=payOut", { currency: "usd", payout_amount: "12.00" });
  expect(paid.text).toContain("12.00 USD is on its way");
  const [payout] = (await stripe.payouts.list({ limit: 1 }, there())).data;
  expect(payout).toMatchObject({ amount: 1200, method: "standard" });
  expect((await see(`payout-details?payout=${payout?.id}`)).text).toContain("$12.00");
  const tooMuch = await act("balances?act=payOut", { currency: "usd", payout_amount: "99999.00" });
  expect(tooMuch).toMatchObject({ status: 400 });
  await act("payouts?act=schedule", { interval: "weekly", weekday: "friday" });
  const settings = await stripe.balanceSettings.retrieve({}, there());
  expect(settings.payments.payouts?.schedule).toMatchObject({
    ...{ interval: "weekly", weekly_payout_days: ["friday"] },
  });
});

test("a requirement is met where it is shown", async () => {
  const description = "identity.verification.document";
  const asked = { description, deadline_seconds: 86_400 };
  await sandbox.admin(`/accounts/${account}/requirements`, asked, name);
  const { see } = await frame();
  const banner = await see("notification-banner");
  expect(banner.text).toContain("Stripe needs a document: identity verification document.");
  expect(banner.text).toContain("&quot;actionRequired&quot;:1");
  const { token } = await claim(await secretFor());
  const body = new FormData();
  body.set("requirement", description);
  body.set("document", new File(["scan"], "passport.png", { type: "image/png" }));
  const path = `${sandbox.url}/embedded/${token}/notification-banner?act=upload`;
  expect(await (await fetch(path, { method: "POST", body })).text()).toContain("passport.png");
  const after = await stripe.v2.core.accounts.retrieve(account, { include: ["requirements"] });
  expect(after.requirements?.entries).toEqual([]);
});

test("an account is onboarded form by form, and resumes where it stopped", async () => {
  const fresh = await stripe.v2.core.accounts.create({
    ...{ display_name: "Shop", dashboard: "none", identity: { country: "us" } },
    configuration: { merchant: { capabilities: { card_payments: { requested: true } } } },
  });
  const session = await stripe.accountSessions.create({
    account: fresh.id,
    components: { account_onboarding: { enabled: true } },
  });
  const { token } = await claim(session.client_secret);
  const url = `${sandbox.url}/embedded/${token}/account-onboarding`;
  const give = async (form: Record<string, string>) => {
    const response = await fetch(`${url}?act=give`, {
      ...{ method: "POST", body: new URLSearchParams(form) },
    });
    return response.text();
  };
  expect(await (await fetch(url)).text()).toContain("Legal name");
  expect(await give({ step: "business", entity_type: "company" })).toContain(
    "Legal name is needed",
  );
  const business = { entity_type: "company", registered_name: "Shop Ltd", mcc: "5734" };
  expect(await give({ step: "business", ...business })).toContain("Representative");
  const person = { person_given_name: "Ada", person_surname: "Moreau", person_email: "a@b.test" };
  await give({ step: "person", ...person, person_birth: "1980-02-29" });
  await give({ step: "bank", account_number: "000123456789", routing_number: "110000000" });
  expect(await give({ step: "terms", accepted: "yes" })).toContain("Everything Stripe needs");
  const ready = await stripe.v2.core.accounts.retrieve(fresh.id, {
    include: ["configuration.merchant", "requirements"],
  });
  expect(ready.configuration?.merchant?.capabilities?.card_payments?.status).toBe("active");
});

test("what a customer is called cannot become markup or a spreadsheet's formula", async () => {
  const customer = await stripe.customers.create({ name: "=<img src=x>" }, there());
  await stripe.paymentIntents.create(
    {
      ...{ amount: 700, currency: "usd", payment_method: "pm_card_visa", confirm: true },
      customer: customer.id,
    },
    there(),
  );
  const { see } = await frame();
  expect((await see("payments")).text).not.toContain("<img src=x>");
  expect((await see("payments/files/csv")).text).toContain(`"'=<img src=x>"`);
});

test("cards are made, frozen and used, and a financial account sends money", async () => {
  const { act, see } = await frame();
  const holder = {
    holder_name: "Mei Lin",
    line1: "1 Pine St",
    city: "Oakland",
    postal_code: "94607",
  };
  expect((await act("issuing-cards-list?act=create", holder)).text).toContain("Mei Lin has a card");
  const [card] = (await stripe.issuing.cards.list({}, there())).data;
  const bought = { card: card?.id ?? "", amount: 1500, merchant_data: { name: "Paper & Co" } };
  await stripe.testHelpers.issuing.transactions.createForceCapture(bought, there());
  expect((await see("issuing-card")).text).toContain("Paper &amp; Co");
  await act("issuing-cards-list?act=status", { card: card?.id ?? "", status: "inactive" });
  expect((await stripe.issuing.cards.retrieve(card?.id ?? "", {}, there())).status).toBe(
    "inactive",
  );

  const treasury = await stripe.treasury.financialAccounts.create(
    { supported_currencies: ["usd"] },
    there(),
  );
  await stripe.testHelpers.treasury.receivedCredits.create(
    { amount: 9000, currency: "usd", financial_account: treasury.id, network: "ach" },
    there(),
  );
  const send = { financial_account: treasury.id, currency: "usd", send_amount: "25.00" };
  const to = { name: "Paper & Co", account_number: "000123456789", routing_number: "110000000" };
  expect((await act("financial-account?act=send", { ...send, ...to })).text).toContain(
    "is sent to",
  );
  const after = await stripe.treasury.financialAccounts.retrieve(treasury.id, {}, there());
  expect(after.balance.cash.usd).toBe(6500);
  expect((await see("financial-account-transactions")).text).toContain("Payment to Paper &amp; Co");
  const tooMuch = await act("financial-account?act=send", {
    ...send,
    ...to,
    send_amount: "900.00",
  });
  expect(tooMuch).toMatchObject({ status: 400 });
});

test("tax is settled, and fees have statements to download", async () => {
  const { act, see } = await frame();
  const office = { line1: "1 Pine St", city: "Oakland", state: "CA", postal_code: "94607" };
  await act("tax-settings?act=save", { ...office, country: "US", tax_behavior: "exclusive" });
  expect((await stripe.tax.settings.retrieve({}, there())).status).toBe("active");
  expect((await act("tax-registrations?act=add", { country: "US", region: "" })).status).toBe(400);
  await act("tax-registrations?act=add", { country: "DE" });
  const [registered] = (await stripe.tax.registrations.list({}, there())).data;
  expect(registered).toMatchObject({ country: "DE", status: "active" });
  await act("tax-registrations?act=expire", { registration: registered?.id ?? "" });
  const text = (await see("documents")).text;
  const link = /files\/(pdf\?month=[\d-]+&amp;currency=usd)/.exec(text)?.[1]?.replace("&amp;", "&");
  expect((await see(`documents/files/${link}`)).text.startsWith("%PDF-1.4")).toBe(true);
  expect((await see("balance-report/files/itemized")).text).toContain("balance_transaction_id");
});
