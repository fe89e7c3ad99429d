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

/** Runs a report to its end and reads its file. */
async function report(
  stripe: Stripe,
  name: string,
  params: Stripe.Reporting.ReportRunCreateParams,
) {
  const run = await stripe.reporting.reportRuns.create(params);
  expect(run).toMatchObject({ status: "pending", result: null });
  await sandbox.admin("/clock", { advance_seconds: 1 }, name);
  const done = await stripe.reporting.reportRuns.retrieve(run.id);
  expect(done).toMatchObject({ status: "succeeded", result: { object: "file", type: "csv" } });
  const response = await fetch(done.result?.url ?? "", {
    headers: { authorization: `Bearer sk_test_${name}` },
  });
  expect(response.headers.get("content-type")).toContain("text/csv");
  const [head = "", ...lines] = (await response.text()).trim().split("\n");
  const columns = head.split(",");
  return lines.map((line) =>
    Object.fromEntries(line.split(",").map((value, place) => [columns[place], value])),
  );
}

test("a payout's report names every row it is made of, and they come to the payout", async () => {
  const stripe = sandbox.client("r1");
  const account = await readyAccount(sandbox, "r1");
  const there = { stripeAccount: account };
  await stripe.paymentIntents.create(paid, there);
  await stripe.paymentIntents.create({ ...paid, amount: 2500 }, there);
  await sandbox.admin("/clock", { advance_seconds: 5 * day }, "r1");
  const [payout] = (await stripe.payouts.list({}, there)).data;
  const lines = await report(stripe, "r1", {
    report_type: "payout_reconciliation.by_id.itemized.1",
    parameters: { payout: payout?.id ?? "", connected_account: account },
  });
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatchObject({ gross: "100.00", fee: "3.20", net: "96.80", currency: "usd" });
  const total = lines.reduce((sum, { net }) => sum + Math.round(Number(net) * 100), 0);
  expect(total).toBe(payout?.amount);
  expect(payout?.amount).toBe(9680 + 2500 - 103);
});

test("a balance summary starts, changes and ends at the balance", async () => {
  const stripe = sandbox.client("r2");
  await stripe.paymentIntents.create(paid);
  await sandbox.admin("/clock", { advance_seconds: 10 }, "r2");
  const { now } = await sandbox.admin<{ now: number }>("/clock", undefined, "r2");
  const { latest_charge: charge } = await stripe.paymentIntents.create(paid);
  await stripe.refunds.create({ charge: String(charge), amount: 4000 });
  const parameters = { interval_start: now, interval_end: now + 60 };
  const lines = await report(stripe, "r2", { report_type: "balance.summary.1", parameters });
  expect(lines.map(({ category, net_amount }) => [category, net_amount])).toEqual([
    ["starting_balance", "96.80"],
    ["activity", "56.80"],
    ["payouts", "0.00"],
    ["ending_balance", "153.60"],
  ]);
  const activity = await report(stripe, "r2", {
    report_type: "balance_change_from_activity.summary.1",
    parameters: { ...parameters, columns: ["reporting_category", "count", "net"] },
  });
  expect(activity).toEqual([
    { reporting_category: "charge", count: "1", net: "96.80" },
    { reporting_category: "refund", count: "1", net: "-40.00" },
  ]);
});

test("a report says what it needs to be told", async () => {
  const stripe = sandbox.client("r3");
  const types = (await stripe.reporting.reportTypes.list()).data;
  expect(types.map(({ id }) => id)).toContain("payout_reconciliation.by_id.itemized.1");
  const [first] = types;
  expect(await stripe.reporting.reportTypes.retrieve(first?.id ?? "")).toMatchObject({
    ...{ object: "reporting.report_type", id: first?.id },
  });
  const create = (params: Stripe.Reporting.ReportRunCreateParams) =>
    stripe.reporting.reportRuns.create(params).catch(failure);
  expect(await create({ report_type: "balance.summary.1" })).toMatchObject({
    ...{ code: "parameter_missing", param: "parameters[interval_start]" },
  });
  expect(await create({ report_type: "nonsense.1" })).toMatchObject({ param: "report_type" });
  const parameters = { interval_start: 1, interval_end: 2, columns: ["secrets"] };
  expect(await create({ report_type: "balance.summary.1", parameters })).toMatchObject({
    param: "parameters[columns]",
  });
});

test("a file is uploaded, read back as it was, and given as evidence", async () => {
  const stripe = sandbox.client("r4");
  const data = Buffer.from([0, 255, 137, 80, 78, 71, 13, 10]);
  const file = await stripe.files.create({
    ...{ purpose: "dispute_evidence", file: { data, name: "receipt.png", type: "image/png" } },
  });
  expect(file).toMatchObject({ filename: "receipt.png", size: 8, purpose: "dispute_evidence" });
  const read = await fetch(file.url ?? "", { headers: { authorization: "Bearer sk_test_r4" } });
  expect(Buffer.from(await read.arrayBuffer())).toEqual(data);
  await stripe.paymentIntents.create({ ...paid, payment_method: "pm_card_createDispute" });
  const [dispute] = (await stripe.disputes.list()).data;
  const sent = await stripe.disputes.update(dispute?.id ?? "", {
    evidence: { receipt: file.id, uncategorized_text: "winning_evidence" },
  });
  expect(sent.evidence.receipt).toBe(file.id);
  const stranger = await fetch(file.url ?? "", { headers: { authorization: "Bearer sk_test_x" } });
  expect(stranger.status).toBe(404);
});
