import type Stripe from "stripe";
import { expect, test } from "vitest";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;
const hundred = { amount: 10_000, currency: "usd", confirm: true } as const;

async function disputed(name: string, card = "pm_card_createDispute") {
  const stripe = sandbox.client(name);
  await stripe.paymentIntents.create({ ...hundred, payment_method: card });
  const [dispute] = (await stripe.disputes.list()).data;
  if (dispute === undefined) throw new Error("The card disputes its charge.");
  return { stripe, dispute };
}

const netOf = async (stripe: Stripe) =>
  (await stripe.balanceTransactions.list({ limit: 100 })).data.reduce(
    (sum, { net }) => sum + net,
    0,
  );
const typesSince = async (stripe: Stripe) =>
  (await stripe.events.list({ limit: 100 })).data.map(({ type }) => type).reverse();

test("25: a dispute is announced between its charge and the payment that succeeded", async () => {
  const { stripe, dispute } = await disputed("d25");
  expect(dispute.id).toMatch(/^du_/);
  expect(dispute).toMatchObject({ reason: "fraudulent", status: "needs_response", amount: 10_000 });
  const types = await typesSince(stripe);
  expect(types.filter((type) => /succeeded|dispute/.test(type))).toEqual([
    "charge.succeeded",
    "charge.dispute.created",
    "charge.dispute.funds_withdrawn",
    "payment_intent.succeeded",
  ]);
  expect((await stripe.charges.list()).data[0]?.disputed).toBe(true);
});

test("26: it takes its amount and a fee of 15 dollars, at once", async () => {
  const { stripe, dispute } = await disputed("d26");
  expect(dispute.balance_transactions).toMatchObject([
    {
      ...{ type: "adjustment", reporting_category: "dispute", status: "available" },
      ...{ amount: -10_000, fee: 1500, net: -11_500, source: dispute.id },
    },
  ]);
  const { available, pending } = await stripe.balance.retrieve();
  expect([available[0]?.amount, pending[0]?.amount]).toEqual([-11_500, 9680]);
  const [row] = (
    await stripe.balanceTransactions.list({ source: dispute.id, expand: ["data.source"] })
  ).data;
  expect(row?.source).toMatchObject({ object: "dispute", id: dispute.id });
});

test("27: winning evidence brings the amount back, and the fee is kept", async () => {
  const { stripe, dispute } = await disputed("d27");
  const draft = await stripe.disputes.update(dispute.id, {
    ...{ evidence: { customer_name: "Ada" }, submit: false },
  });
  expect(draft).toMatchObject({
    ...{ status: "needs_response", evidence: { customer_name: "Ada" } },
    evidence_details: { has_evidence: true, submission_count: 0 },
  });
  const sent = await stripe.disputes.update(dispute.id, {
    evidence: { uncategorized_text: "winning_evidence" },
  });
  expect(sent).toMatchObject({ status: "under_review", evidence_details: { submission_count: 1 } });
  await sandbox.admin("/clock", { advance_seconds: 1 }, "d27");
  const won = await stripe.disputes.retrieve(dispute.id);
  expect(won.status).toBe("won");
  expect(won.balance_transactions[1]).toMatchObject({
    ...{ reporting_category: "dispute_reversal", amount: 10_000, fee: 0 },
  });
  expect(await netOf(stripe)).toBe(9680 - 1500);
  expect((await typesSince(stripe)).slice(-2)).toEqual([
    "charge.dispute.funds_reinstated",
    "charge.dispute.closed",
  ]);
  const late = await stripe.disputes
    .update(dispute.id, { evidence: { customer_name: "B" } })
    .catch(failure);
  expect(late).toMatchObject({ statusCode: 400 });
});

test("27: evidence that does not help, and none in time, lose", async () => {
  const { stripe, dispute } = await disputed("d27b");
  await stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: "losing_evidence" } });
  await sandbox.admin("/clock", { advance_seconds: 1 }, "d27b");
  expect((await stripe.disputes.retrieve(dispute.id)).status).toBe("lost");
  const { dispute: silent } = await disputed("d27c", "pm_card_createDisputeProductNotReceived");
  expect(silent.reason).toBe("product_not_received");
  await sandbox.admin("/clock", { advance_seconds: 11 * 86_400 }, "d27c");
  const lost = await sandbox.client("d27c").disputes.retrieve(silent.id);
  expect(lost).toMatchObject({ status: "lost", evidence_details: { past_due: true } });
});

test("28: closing a dispute accepts that it is lost", async () => {
  const { stripe, dispute } = await disputed("d28");
  expect((await stripe.disputes.close(dispute.id)).status).toBe("lost");
  expect(await netOf(stripe)).toBe(9680 - 11_500);
  const again = await stripe.disputes.close(dispute.id).catch(failure);
  expect(again).toMatchObject({ statusCode: 400 });
});

test("28: an inquiry withdraws nothing, and a whole refund ends it", async () => {
  const { stripe, dispute } = await disputed("d28b", "pm_card_createDisputeInquiry");
  expect(dispute).toMatchObject({
    ...{ status: "warning_needs_response", balance_transactions: [], is_charge_refundable: true },
  });
  expect(await netOf(stripe)).toBe(9680);
  await stripe.refunds.create({ charge: String(dispute.charge) });
  expect((await stripe.disputes.retrieve(dispute.id)).status).toBe("warning_closed");
});

test("28: an inquiry that escalates becomes a dispute and takes the money", async () => {
  const { stripe, dispute } = await disputed("d28c", "pm_card_createDisputeInquiry");
  await stripe.disputes.update(dispute.id, {
    evidence: { uncategorized_text: "escalate_inquiry_evidence" },
  });
  await sandbox.admin("/clock", { advance_seconds: 1 }, "d28c");
  expect((await stripe.disputes.retrieve(dispute.id)).status).toBe("needs_response");
  expect(await netOf(stripe)).toBe(9680 - 11_500);
});

test("24: a charge that is disputed cannot be refunded", async () => {
  const { stripe, dispute } = await disputed("d24");
  const error = await stripe.refunds.create({ charge: String(dispute.charge) }).catch(failure);
  expect(error).toMatchObject({ statusCode: 400, code: "charge_disputed" });
});

test("the admin plane opens a dispute of any charge and decides it", async () => {
  const stripe = sandbox.client("dadm");
  const { latest_charge: charge } = await stripe.paymentIntents.create({
    ...{ ...hundred, payment_method: "pm_card_visa" },
  });
  const made = await sandbox.admin<{ id: string }>(
    "/disputes",
    { charge, reason: "duplicate", amount: 2500 },
    "dadm",
  );
  expect(await stripe.disputes.retrieve(made.id)).toMatchObject({
    ...{ amount: 2500, reason: "duplicate", charge },
  });
  await sandbox.admin(`/disputes/${made.id}/decide`, { verdict: "won" }, "dadm");
  expect((await stripe.disputes.retrieve(made.id)).status).toBe("won");
});

test("a bank warns of fraud, and the warning is settled by a refund", async () => {
  const stripe = sandbox.client("defw");
  const { latest_charge: charge } = await stripe.paymentIntents.create({
    ...{ ...hundred, payment_method: "pm_card_createIssuerFraudRecord" },
  });
  const list = () => stripe.radar.earlyFraudWarnings.list({ charge: String(charge) });
  expect((await list()).data).toMatchObject([{ actionable: true, charge }]);
  await stripe.refunds.create({ charge: String(charge), reason: "fraudulent" });
  expect((await list()).data).toMatchObject([{ actionable: false }]);
});

test("a risky payment is reviewed until someone approves it", async () => {
  const stripe = sandbox.client("drev");
  const intent = await stripe.paymentIntents.create({
    ...{ ...hundred, payment_method: "pm_card_riskLevelElevated", expand: ["latest_charge"] },
  });
  const charge = intent.latest_charge as Stripe.Charge;
  expect(charge.outcome?.risk_level).toBe("elevated");
  const [review] = (await stripe.reviews.list()).data;
  expect(review).toMatchObject({ open: true, charge: charge.id, opened_reason: "rule" });
  const approved = await stripe.reviews.approve(review?.id ?? "");
  expect(approved).toMatchObject({ open: false, closed_reason: "approved" });
  expect((await stripe.reviews.list()).data).toEqual([]);
});

test("a value list keeps its items, each once", async () => {
  const stripe = sandbox.client("drsl");
  const list = await stripe.radar.valueLists.create({
    ...{ alias: "blocked_emails", name: "Blocked emails", item_type: "email" },
  });
  const item = { value_list: list.id, value: "Eve@acme.test" };
  const made = await stripe.radar.valueListItems.create(item);
  expect(made.value).toBe("eve@acme.test");
  expect(await stripe.radar.valueListItems.create(item).catch(failure)).toMatchObject({
    ...{ statusCode: 400, param: "value" },
  });
  const whole = await stripe.radar.valueLists.retrieve(list.id);
  expect(whole.list_items.data.map(({ value }) => value)).toEqual(["eve@acme.test"]);
  await stripe.radar.valueListItems.del(made.id);
  expect((await stripe.radar.valueListItems.list({ value_list: list.id })).data).toEqual([]);
  expect((await stripe.radar.valueLists.del(list.id)).deleted).toBe(true);
});
