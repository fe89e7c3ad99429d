import type Stripe from "stripe";
import { beforeAll, expect, test } from "vitest";
import { type Frame, openFrame } from "#tests/sandbox/embedded-frame";
import { readyAccount, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const all = { standard_payouts: true, instant_payouts: true, edit_payout_schedule: true };
let stripe: Stripe;
let account: string;
let frame: Frame;
const there = () => ({ stripeAccount: account });
const payIn = (amount: number, currency = "usd") =>
  stripe.paymentIntents.create(
    { amount, currency, payment_method: "pm_card_bypassPending", confirm: true },
    there(),
  );
const latest = async () => (await stripe.payouts.list({ limit: 1 }, there())).data[0];

beforeAll(async () => {
  stripe = sandbox.client();
  account = await readyAccount(sandbox, "test");
  await payIn(100_000);
  frame = await openFrame(sandbox, "test", account, {
    ...{ balances: all, payouts: all, payouts_list: {}, payout_details: {} },
    instant_payouts_promotion: { instant_payouts: true },
  });
});

test("a balance is shown by currency, and without a bank it says why it stays", async () => {
  await payIn(4000, "eur");
  const { text } = await frame.see("balances");
  expect(text).toContain("$970.70 USD");
  expect(text).toContain("available instantly");
  expect(text).toContain("No bank account in EUR yet");
  const refused = await frame.act("balances?act=payOut", {
    ...{ currency: "eur", payout_amount: "1.00" },
  });
  expect(refused).toMatchObject({ status: 400 });
  expect(refused.text).toContain("external accounts in that currency");
});

test("an instant payout says its fee before, and takes exactly that", async () => {
  const offer = await frame.see("instant-payouts-promotion");
  const [, most = "", fee = ""] =
    /Get \$([\d.]+) USD within minutes[\s\S]*?It costs \$([\d.]+) USD/.exec(offer.text) ?? [];
  expect(Number(fee)).toBeCloseTo(Number(most) / 100, 1);
  await frame.act("instant-payouts-promotion?act=payOutNow", {
    ...{ currency: "usd", payout_amount: "100.00" },
  });
  const payout = await latest();
  expect(payout).toMatchObject({ amount: 10_000, method: "instant" });
  const row = await stripe.balanceTransactions.retrieve(
    ...([String(payout?.balance_transaction), {}, there()] as const),
  );
  expect(row.fee).toBe(100);
  const { text } = await frame.see(`payout-details?payout=${payout?.id}`);
  expect(text).toContain("$1.00 USD");
});

test("a payout that has not left is canceled, and its money stays", async () => {
  const before = (await stripe.balance.retrieve({}, there())).available;
  await frame.act("payouts?act=payOut", { currency: "usd", payout_amount: "20.00" });
  const payout = await latest();
  expect((await frame.see(`payouts?payout=${payout?.id}`)).text).toContain("Cancel the payout");
  expect((await frame.see(`payouts-list?payout=${payout?.id}`)).text).toContain("$20.00 USD");
  const said = await frame.act("payouts?act=cancel", { payout: payout?.id ?? "" });
  expect(said.text).toContain("$20.00 USD stays in your balance.");
  expect((await stripe.balance.retrieve({}, there())).available).toEqual(before);
});

test("a failed payout says what its failure means, and lists show it by status", async () => {
  const { id } = await stripe.payouts.create({ amount: 700, currency: "usd" }, there());
  await sandbox.admin(`/payouts/${id}/fail`, { code: "account_closed" });
  const { text } = await frame.see(`payout-details?payout=${id}`);
  expect(text).toContain("The bank account has been closed.");
  expect(text).toContain("$7.00 USD is back in your balance.");
  expect(text).toContain("account_closed");
  expect((await frame.see("payouts-list?status=failed")).text).toContain("$7.00 USD");
  expect((await frame.see("payouts-list?status=paid")).text).not.toContain("$7.00 USD");
});

test("a schedule is changed, is shown again, and an impossible one is refused", async () => {
  await frame.act("balances?act=schedule", { interval: "monthly", monthday: "15" });
  const { payments } = await stripe.balanceSettings.retrieve({}, there());
  expect(payments.payouts?.schedule).toMatchObject({
    ...{ interval: "monthly", monthly_payout_days: [15] },
  });
  expect((await frame.see("payouts")).text).toContain("day 15");
  const wrong = await frame.act("balances?act=schedule", { interval: "monthly", monthday: "40" });
  expect(wrong.status).toBe(400);
});

test("without their features payouts are neither offered nor made", async () => {
  const bare = await openFrame(sandbox, "test", account, {
    balances: { standard_payouts: false, instant_payouts: false, edit_payout_schedule: false },
    instant_payouts_promotion: { instant_payouts: false },
  });
  const { text } = await bare.see("balances");
  expect(text).not.toMatch(/Pay out…|Pay out now…|Change schedule…/);
  const promotion = await bare.see("instant-payouts-promotion");
  expect(promotion.text).toContain("&quot;promotionShown&quot;:false");
  const form = { currency: "usd", payout_amount: "1.00", interval: "manual" };
  for (const act of ["payOut", "payOutNow", "schedule", "cancel"]) {
    expect((await bare.act(`balances?act=${act}`, form)).status).toBe(403);
  }
});

test("an automatic payout lists each transaction that is in it", async () => {
  const other = await readyAccount(sandbox, "test");
  await stripe.paymentIntents.create(
    {
      ...{ amount: 5000, currency: "usd", confirm: true, description: "A lamp" },
      payment_method: "pm_card_bypassPending",
    },
    { stripeAccount: other },
  );
  await sandbox.admin("/clock", { advance_seconds: 4 * 86_400 });
  const [payout] = (await stripe.payouts.list({}, { stripeAccount: other })).data;
  const theirs = await openFrame(sandbox, "test", account, { payout_details: {} });
  const mine = await openFrame(sandbox, "test", other, { payout_details: {} });
  const { text } = await mine.see(`payout-details?payout=${payout?.id}`);
  expect(text).toContain("A lamp");
  expect(text).toContain("$48.25 USD");
  expect((await theirs.see(`payout-details?payout=${payout?.id}`)).text).toContain(
    "No such payout",
  );
});
