import type Stripe from "stripe";
import { expect, test } from "vitest";
import { readyAccount, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;
const day = 86_400;
const paid = {
  ...{ amount: 10_000, currency: "usd", confirm: true },
  payment_method: "pm_card_bypassPending",
} as const;
const bank = {
  object: "bank_account",
  country: "US",
  currency: "usd",
  account_number: "000123456789",
  routing_number: "110000000",
} as const;

/** An account with 9680 available, and with a bank unless none is wanted. */
async function begin(name: string, schedule: "daily" | "manual" = "manual", number?: string) {
  const account = await readyAccount(sandbox, name);
  const stripe = sandbox.client(name, { stripeAccount: account });
  await stripe.balanceSettings.update({
    payments: { payouts: { schedule: { interval: schedule } } },
  });
  const [given] = (await stripe.accounts.listExternalAccounts(account)).data;
  if (number !== undefined) {
    const external = { ...bank, account_number: number };
    await stripe.accounts.createExternalAccount(account, {
      ...{ external_account: external, default_for_currency: true },
    });
    await stripe.accounts.deleteExternalAccount(account, given?.id ?? "");
  }
  await stripe.paymentIntents.create(paid);
  return { stripe, account };
}

const advance = (name: string, seconds: number) =>
  sandbox.admin("/clock", { advance_seconds: seconds }, name);
const availableOf = async (stripe: Stripe) =>
  (await stripe.balance.retrieve()).available.find(({ currency }) => currency === "usd")?.amount;
const eventsOf = async (stripe: Stripe, type: string) =>
  (await stripe.events.list({ limit: 100 })).data
    .map((event) => event.type)
    .filter((each) => each.startsWith(type))
    .reverse();

test("67: a payout above what is available is refused, and debits at once when it is not", async () => {
  const { stripe } = await begin("o67");
  const over = await stripe.payouts.create({ amount: 9681, currency: "usd" }).catch(failure);
  expect(over).toMatchObject({ statusCode: 400, code: "balance_insufficient" });
  const payout = await stripe.payouts.create({
    ...{ amount: 9000, currency: "usd", expand: ["balance_transaction"] },
  });
  expect(payout).toMatchObject({
    ...{ status: "pending", automatic: false, method: "standard", type: "bank_account" },
    reconciliation_status: "not_applicable",
    balance_transaction: { type: "payout", amount: -9000, net: -9000, status: "available" },
  });
  expect(await availableOf(stripe)).toBe(680);
  await advance("o67", 3 * day);
  expect((await stripe.payouts.retrieve(payout.id)).status).toBe("paid");
  expect(await eventsOf(stripe, "payout")).toEqual([
    "payout.created",
    "payout.updated",
    "payout.paid",
  ]);
  const listed = await stripe.balanceTransactions.list({ payout: payout.id }).catch(failure);
  expect(listed).toMatchObject({ statusCode: 400, param: "payout" });
});

test("67: a failed payout comes back by a row of its own, and its bank is not used again", async () => {
  const { stripe, account } = await begin("o67f", "manual", "000111111116");
  const { id } = await stripe.payouts.create({ amount: 9000, currency: "usd" });
  await advance("o67f", 3 * day);
  const failed = await stripe.payouts.retrieve(id, { expand: ["failure_balance_transaction"] });
  expect(failed).toMatchObject({
    ...{ status: "failed", failure_code: "no_account" },
    failure_balance_transaction: { type: "payout_failure", amount: 9000, fee: 0 },
  });
  expect(await availableOf(stripe)).toBe(9680);
  const [bankAccount] = (await stripe.accounts.listExternalAccounts(account)).data;
  expect(bankAccount).toMatchObject({ status: "errored", last4: "1116" });
});

test("67: the admin plane fails a payout, even one that had arrived", async () => {
  const { stripe } = await begin("o67a");
  const { id } = await stripe.payouts.create({ amount: 5000, currency: "usd" });
  await advance("o67a", 3 * day);
  await sandbox.admin(`/payouts/${id}/fail`, { code: "account_closed" }, "o67a");
  const failed = await stripe.payouts.retrieve(id);
  expect(failed).toMatchObject({ status: "failed", failure_code: "account_closed" });
  expect(await availableOf(stripe)).toBe(9680);
});

test("a pending payout can be canceled, one on its way cannot, and one that came can be reversed", async () => {
  const { stripe } = await begin("ocan");
  const first = await stripe.payouts.create({ amount: 1000, currency: "usd" });
  expect((await stripe.payouts.cancel(first.id)).status).toBe("canceled");
  expect(await availableOf(stripe)).toBe(9680);
  const second = await stripe.payouts.create({ amount: 2000, currency: "usd" });
  await advance("ocan", day);
  const late = await stripe.payouts.cancel(second.id).catch(failure);
  expect(late).toMatchObject({ statusCode: 400 });
  await advance("ocan", 2 * day);
  const reversal = await stripe.payouts.reverse(second.id);
  expect(reversal).toMatchObject({ amount: -2000, original_payout: second.id });
  expect((await stripe.payouts.retrieve(second.id)).reversed_by).toBe(reversal.id);
  expect(await availableOf(stripe)).toBe(9680);
});

test("an instant payout may draw on what is pending, costs a fee and needs a card or bank for it", async () => {
  const { stripe, account } = await begin("oinst");
  await stripe.accounts.createExternalAccount(account, { external_account: "tok_visa_debit" });
  await stripe.paymentIntents.create({ ...paid, payment_method: "pm_card_visa" });
  const { instant_available: instant } = await stripe.balance.retrieve({
    expand: ["instant_available.net_available"],
  });
  // 1 % of what arrives is taken of the same balance, so a little less arrives than is there.
  const arrives = { amount: 19_168 };
  expect(instant).toMatchObject([{ amount: 19_360, net_available: [arrives, arrives] }]);
  const payout = await stripe.payouts.create({
    ...{ amount: 15_000, currency: "usd", method: "instant", expand: ["balance_transaction"] },
  });
  expect(payout).toMatchObject({
    ...{ status: "in_transit", method: "instant" },
    balance_transaction: { amount: -15_000, fee: 150, net: -15_150 },
  });
  await advance("oinst", 1801);
  expect((await stripe.payouts.retrieve(payout.id)).status).toBe("paid");
});

test("an automatic payout takes all that is available, names its rows and is reconciled", async () => {
  const { stripe } = await begin("oauto", "daily");
  await stripe.refunds.create({
    ...{ amount: 1000, charge: (await stripe.charges.list()).data[0]?.id ?? "" },
  });
  await advance("oauto", 6 * day);
  const payouts = (await stripe.payouts.list()).data;
  expect(payouts.map(({ amount }) => amount).reverse()).toEqual([9680]);
  const [payout] = payouts;
  expect(payout).toMatchObject({
    ...{ automatic: true, status: "paid", reconciliation_status: "completed" },
  });
  const rows = (await stripe.balanceTransactions.list({ payout: payout?.id ?? "" })).data;
  expect(rows.map(({ type }) => type).sort()).toEqual(["charge", "payout"]);
  expect(rows.reduce((sum, { net }) => sum + net, 0)).toBe(0);
  expect(await eventsOf(stripe, "payout")).toEqual([
    "payout.created",
    "payout.updated",
    "payout.paid",
    "payout.reconciliation_completed",
  ]);
  expect(await availableOf(stripe)).toBe(-1000);
});

test("a negative balance is debited from the bank where that is allowed", async () => {
  const { stripe } = await begin("oneg");
  await stripe.payouts.create({ amount: 9680, currency: "usd" });
  await stripe.refunds.create({ charge: (await stripe.charges.list()).data[0]?.id ?? "" });
  await stripe.balanceSettings.update({
    payments: { debit_negative_balances: true, payouts: { schedule: { interval: "daily" } } },
  });
  await advance("oneg", 6 * day);
  const [debit] = (await stripe.payouts.list()).data;
  expect(debit).toMatchObject({ amount: -10_000, automatic: true, status: "paid" });
  expect(await availableOf(stripe)).toBe(0);
});

test("a schedule pays weekly on its days, keeps a minimum, and can wait longer to settle", async () => {
  const { stripe } = await begin("osched");
  const settings = await stripe.balanceSettings.update({
    payments: {
      payouts: {
        schedule: { interval: "weekly", weekly_payout_days: ["friday"] },
        minimum_balance_by_currency: { usd: 1500 },
      },
      settlement_timing: { delay_days_override: 5 },
    },
  });
  expect(settings.payments).toMatchObject({
    payouts: { schedule: { interval: "weekly", weekly_payout_days: ["friday"] } },
    settlement_timing: { delay_days: 5, delay_days_override: 5 },
  });
  await advance("osched", 8 * day);
  const payouts = (await stripe.payouts.list()).data.reverse();
  expect(payouts[0]?.amount).toBe(8180);
  expect(new Date((payouts[0]?.created ?? 0) * 1000).getUTCDay()).toBe(5);
  expect(await availableOf(stripe)).toBe(1500);
  const rows = (await stripe.balanceTransactions.list({ payout: payouts[0]?.id ?? "" })).data;
  expect(rows.reduce((sum, { net }) => sum + net, 0)).toBe(0);
  const hasty = await stripe.balanceSettings
    .update({ payments: { settlement_timing: { delay_days_override: 0 } } })
    .catch(failure);
  expect(hasty).toMatchObject({ statusCode: 400 });
});

test("a topup arrives as bank money, which is paid out and transferred as such", async () => {
  const stripe = sandbox.client("otop");
  const topup = await stripe.topups.create({ amount: 5000, currency: "usd" });
  expect(topup).toMatchObject({ status: "pending", balance_transaction: null });
  const second = await stripe.topups.create({ amount: 700, currency: "usd" });
  expect((await stripe.topups.cancel(second.id)).status).toBe("canceled");
  await advance("otop", 2 * day);
  expect((await stripe.topups.retrieve(topup.id)).status).toBe("succeeded");
  expect((await stripe.balance.retrieve()).available).toMatchObject([
    { amount: 5000, source_types: { bank_account: 5000, card: 0 } },
  ]);
  const account = await readyAccount(sandbox, "otop");
  const send = { amount: 2000, currency: "usd", destination: account };
  const wrong = await stripe.transfers.create(send).catch(failure);
  expect(wrong).toMatchObject({ code: "balance_insufficient" });
  await stripe.transfers.create({ ...send, source_type: "bank_account" });
  const { available } = await stripe.balance.retrieve();
  expect(available).toMatchObject([{ amount: 3000, source_types: { bank_account: 3000 } }]);
});

test("an external account is made from a token, once, and the default is kept to one", async () => {
  const { stripe, account } = await begin("oext");
  const { object: _object, ...fields } = bank;
  const token = await stripe.tokens.create({ bank_account: { ...fields } });
  const made = await stripe.accounts.createExternalAccount(account, {
    ...{ external_account: token.id, default_for_currency: true },
  });
  expect(made).toMatchObject({ object: "bank_account", last4: "6789", default_for_currency: true });
  const twice = await stripe.accounts
    .createExternalAccount(account, { external_account: token.id })
    .catch(failure);
  expect(twice).toMatchObject({ statusCode: 400, code: "token_already_used" });
  const all = (await stripe.accounts.listExternalAccounts(account)).data;
  expect(all.filter((each) => each.default_for_currency)).toHaveLength(1);
  const kept = await stripe.accounts.deleteExternalAccount(account, made.id).catch(failure);
  expect(kept).toMatchObject({ statusCode: 400 });
  const other = all.find(({ id }) => id !== made.id);
  await stripe.accounts.updateExternalAccount(account, other?.id ?? "", {
    default_for_currency: true,
  });
  const gone = await stripe.accounts.deleteExternalAccount(account, made.id);
  expect(gone).toMatchObject({ id: made.id, deleted: true });
});

test("an account that is not ready is not paid out", async () => {
  const stripe = sandbox.client("onot");
  const { id } = await stripe.v2.core.accounts.create({ display_name: "Idle" });
  await stripe.accounts.createExternalAccount(id, { external_account: "btok_us" });
  const error = await stripe.payouts
    .create({ amount: 100, currency: "usd" }, { stripeAccount: id })
    .catch(failure);
  expect(error).toMatchObject({ statusCode: 400, code: "payouts_not_allowed" });
});
