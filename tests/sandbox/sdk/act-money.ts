import type Stripe from "stripe";
import { payingCustomer, readyAccount, type TestStripe } from "#tests/sandbox/with-sandbox";

/** Does once each thing with money that reading and updating leaves undone. */
export async function actOnMoney(sandbox: TestStripe, name: string): Promise<void> {
  const stripe = sandbox.client(name);
  const account = await readyAccount(sandbox, name);
  await actOnPayments(stripe);
  await actOnBankDebits(stripe);
  await actOnWarnings(sandbox, name);
  await actOnTransfers(stripe, account);
  await actOnPayouts(sandbox, name);
  await actOnFiles(stripe);
  await actOnCards(stripe, account);
}

type Intent = Partial<Stripe.PaymentIntentCreateParams>;

function pay(stripe: Stripe, payment_method: string, more: Intent = {}) {
  const sum = { amount: 9000, currency: "usd" };
  return stripe.paymentIntents.create({ ...sum, payment_method, confirm: true, ...more });
}

async function actOnPayments(stripe: Stripe): Promise<void> {
  const sum = { amount: 9000, currency: "usd" };
  const open = await stripe.paymentIntents.create(sum);
  await stripe.paymentIntents.confirm(open.id, {
    ...{ payment_method: "pm_card_visa", return_url: "https://a.test" },
  });
  const left = await stripe.paymentIntents.create(sum);
  await stripe.paymentIntents.cancel(left.id);
  const held = await pay(stripe, "pm_card_visa", { capture_method: "manual" });
  await stripe.paymentIntents.capture(held.id);
  const raised = await pay(stripe, "pm_card_visa", {
    capture_method: "manual",
    payment_method_options: { card: { request_incremental_authorization: "if_available" } },
  });
  await stripe.paymentIntents.incrementAuthorization(raised.id, { amount: 9500 });
  const charge = await stripe.charges.create({ ...sum, source: "tok_visa", capture: false });
  await stripe.charges.capture(charge.id);
  await stripe.refunds.create({ charge: charge.id, amount: 100 });
  // Since its versions of 2022 the SDK has no name for this list.
  await stripe.rawRequest("GET", `/v1/charges/${charge.id}/refunds`);
  const { id: customer } = await payingCustomer(stripe);
  const [card] = (await stripe.paymentMethods.list({ customer })).data;
  await stripe.paymentMethods.detach(card?.id ?? "");
}

async function actOnBankDebits(stripe: Stripe): Promise<void> {
  const bank = { account_number: "000123456789", routing_number: "110000000" };
  const method = await stripe.paymentMethods.create({
    ...{ type: "us_bank_account", billing_details: { name: "Ada" } },
    us_bank_account: { account_holder_type: "individual", ...bank },
  });
  const asked = await pay(stripe, method.id, {
    allowed_payment_method_types: ["us_bank_account"],
    mandate_data: { customer_acceptance: { type: "offline" } },
  });
  await stripe.paymentIntents.verifyMicrodeposits(asked.id, { amounts: [32, 45] });
  const token = await stripe.tokens.create({
    bank_account: { country: "US", currency: "usd", ...bank },
  });
  await stripe.tokens.retrieve(token.id);
}

async function actOnWarnings(sandbox: TestStripe, name: string): Promise<void> {
  const stripe = sandbox.client(name);
  await pay(stripe, "pm_card_createDispute");
  const [dispute] = (await stripe.disputes.list()).data;
  await stripe.disputes.close(dispute?.id ?? "");
  const { latest_charge } = await pay(stripe, "pm_card_visa");
  await sandbox.admin("/reviews", { charge: latest_charge }, name);
  const [review] = (await stripe.reviews.list()).data;
  await stripe.reviews.approve(review?.id ?? "");
  const list = await stripe.radar.valueLists.create({ alias: "acts", name: "Acts" });
  const item = await stripe.radar.valueListItems.create({ value_list: list.id, value: "x" });
  await stripe.radar.valueListItems.del(item.id);
  await stripe.radar.valueLists.del(list.id);
}

async function actOnTransfers(stripe: Stripe, account: string): Promise<void> {
  await pay(stripe, "pm_card_bypassPending", { amount: 90_000 });
  const transfer = await stripe.transfers.create({
    ...{ amount: 500, currency: "usd", destination: account },
  });
  await stripe.transfers.createReversal(transfer.id, { amount: 100 });
  await pay(stripe, "pm_card_visa", {
    ...{ application_fee_amount: 900, transfer_data: { destination: account } },
  });
  const [fee] = (await stripe.applicationFees.list()).data;
  await stripe.applicationFees.createRefund(fee?.id ?? "", { amount: 100 });
}

async function actOnPayouts(sandbox: TestStripe, name: string): Promise<void> {
  const stripe = sandbox.client(name);
  const { id } = await stripe.accounts.retrieveCurrent();
  await stripe.balanceSettings.update({
    payments: { payouts: { schedule: { interval: "manual" } } },
  });
  await stripe.accounts.createExternalAccount(id, { external_account: "btok_us" });
  await pay(stripe, "pm_card_bypassPending");
  const payout = () => stripe.payouts.create({ amount: 500, currency: "usd" });
  const [canceled, reversed] = [await payout(), await payout()];
  await stripe.payouts.cancel(canceled.id);
  const topup = await stripe.topups.create({ amount: 700, currency: "usd" });
  await stripe.topups.cancel(topup.id);
  await sandbox.admin("/clock", { advance_seconds: 3 * 86_400 }, name);
  await stripe.payouts.reverse(reversed.id);
  const second = await stripe.accounts.createExternalAccount(id, { external_account: "btok_us" });
  await stripe.accounts.deleteExternalAccount(id, second.id);
}

async function actOnFiles(stripe: Stripe): Promise<void> {
  const data = Buffer.from("a picture");
  const file = await stripe.files.create({
    ...{ purpose: "dispute_evidence", file: { data, name: "receipt.png", type: "image/png" } },
  });
  // What a file holds is no JSON, so the SDK has a name for it only as a stream.
  const contents = `/v1/files/${file.id}/contents`;
  await stripe.rawRequest("GET", contents, undefined, { streaming: true } as object);
  const link = await stripe.fileLinks.create({ file: file.id });
  await stripe.fileLinks.update(link.id, { expires_at: "now" });
  await stripe.fileLinks.retrieve(link.id, { expand: ["file"] });
  await stripe.fileLinks.list({ file: file.id });
}

async function actOnCards(stripe: Stripe, account: string): Promise<void> {
  const there = { stripeAccount: account };
  const sum = { amount: 9000, currency: "usd", confirm: true };
  await stripe.paymentIntents.create({ ...sum, payment_method: "pm_card_bypassPending" }, there);
  const address = { line1: "1 Pine St", city: "Oakland", postal_code: "94607", country: "US" };
  const holder = await stripe.issuing.cardholders.create(
    { name: "Mei Lin", billing: { address } },
    there,
  );
  const of = { cardholder: holder.id, currency: "usd", type: "virtual" as const };
  const card = await stripe.issuing.cards.create({ ...of, status: "active" }, there);
  const { authorizations, transactions } = stripe.testHelpers.issuing;
  const ask = () => authorizations.create({ card: card.id, amount: 1000 }, there);
  const [reversed, expired] = [await ask(), await ask()];
  await authorizations.reverse(reversed.id, {}, there);
  await authorizations.expire(expired.id, {}, there);
  await transactions.createForceCapture({ card: card.id, amount: 500 }, there);
}
