import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import Stripe from "stripe";
import { expect, test } from "vitest";
import { readyAccount, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

/** What the walk knows: where it is, and what it may ask for. */
interface Walk {
  name: string;
  stripe: Stripe;
  accounts: string[];
}

type Step = (walk: Walk, pick: (below: number) => number) => Promise<unknown>;

const cards = [
  "pm_card_visa",
  "pm_card_bypassPending",
  "pm_card_createDispute",
  "pm_card_createDisputeInquiry",
  "pm_card_chargeDeclined",
  "pm_card_refundFail",
  "pm_card_pendingRefund",
];
const one = <T>(of: readonly T[], pick: (below: number) => number): T | undefined =>
  of[pick(of.length)];

/** Everything that moves money, with amounts and objects of the walk's choosing. */
const steps: Record<string, Step> = {
  pay: ({ stripe }, pick) => stripe.paymentIntents.create(payment(pick)),
  hold: ({ stripe }, pick) =>
    stripe.paymentIntents.create({ ...payment(pick), capture_method: "manual" }),
  capture: async ({ stripe }, pick) => {
    const held = (await stripe.paymentIntents.list({ limit: 50 })).data.filter(
      ({ status }) => status === "requires_capture",
    );
    const intent = one(held, pick);
    if (intent === undefined) return;
    const amount_to_capture = 1 + pick(intent.amount);
    await stripe.paymentIntents.capture(intent.id, { amount_to_capture });
  },
  direct: ({ stripe, accounts }, pick) => {
    const params = payment(pick);
    const share = pick(params.amount);
    return stripe.paymentIntents.create(
      { ...params, ...(share === 0 ? {} : { application_fee_amount: share }) },
      { stripeAccount: one(accounts, pick) ?? "" },
    );
  },
  destination: ({ stripe, accounts }, pick) => {
    const params = payment(pick);
    return stripe.paymentIntents.create({
      ...{ ...params, application_fee_amount: 1 + pick(params.amount) },
      transfer_data: { destination: one(accounts, pick) ?? "" },
    });
  },
  destinationPart: ({ stripe, accounts }, pick) => {
    const params = payment(pick);
    const amount = 1 + pick(params.amount);
    return stripe.paymentIntents.create({
      ...{ ...params, transfer_data: { destination: one(accounts, pick) ?? "", amount } },
    });
  },
  refund: async ({ stripe }, pick) => {
    const charge = one((await stripe.charges.list({ limit: 50 })).data, pick);
    if (charge === undefined) return;
    await stripe.refunds.create({
      ...{ charge: charge.id, amount: 1 + pick(charge.amount) },
      ...(charge.transfer_data ? { reverse_transfer: pick(2) === 0 } : {}),
      ...(charge.application_fee ? { refund_application_fee: pick(2) === 0 } : {}),
    });
  },
  refundDirect: async ({ stripe, accounts }, pick) => {
    const there = { stripeAccount: one(accounts, pick) ?? "" };
    const charges = (await stripe.charges.list({ limit: 50 }, there)).data;
    const own = charges.filter(({ payment_method: method }) => method !== null);
    const charge = one(own, pick);
    if (charge === undefined) return;
    const fee = charge.application_fee ? { refund_application_fee: pick(2) === 0 } : {};
    await stripe.refunds.create({ charge: charge.id, ...fee }, there);
  },
  transfer: ({ stripe, accounts }, pick) =>
    stripe.transfers.create({
      ...{ amount: 1 + pick(9000), currency: "usd", destination: one(accounts, pick) ?? "" },
    }),
  separate: async ({ stripe, accounts }, pick) => {
    const charge = one((await stripe.charges.list({ limit: 50 })).data, pick);
    if (charge === undefined) return;
    await stripe.transfers.create({
      ...{ amount: 1 + pick(charge.amount), currency: charge.currency },
      ...{ destination: one(accounts, pick) ?? "", source_transaction: charge.id },
    });
  },
  reverse: async ({ stripe }, pick) => {
    const transfer = one((await stripe.transfers.list({ limit: 50 })).data, pick);
    if (transfer === undefined) return;
    await stripe.transfers.createReversal(transfer.id, {
      ...{ amount: 1 + pick(transfer.amount), refund_application_fee: pick(2) === 0 },
    });
  },
  refundFee: async ({ stripe }, pick) => {
    const fee = one((await stripe.applicationFees.list({ limit: 50 })).data, pick);
    if (fee !== undefined) {
      await stripe.applicationFees.createRefund(fee.id, { amount: 1 + pick(fee.amount) });
    }
  },
  answer: async ({ stripe }, pick) => {
    const dispute = one((await stripe.disputes.list()).data, pick);
    const evidence = ["winning_evidence", "losing_evidence", "escalate_inquiry_evidence"];
    if (dispute === undefined) return;
    if (pick(4) === 0) await stripe.disputes.close(dispute.id);
    const uncategorized_text = one(evidence, pick) ?? "";
    await stripe.disputes.update(dispute.id, { evidence: { uncategorized_text } });
  },
  payOut: ({ stripe, accounts }, pick) =>
    stripe.payouts.create(
      { amount: 1 + pick(9000), currency: "usd", method: pick(3) === 0 ? "instant" : "standard" },
      { stripeAccount: one(accounts, pick) ?? "" },
    ),
  comeBack: async ({ stripe, accounts, name }, pick) => {
    const there = { stripeAccount: one(accounts, pick) ?? "" };
    const payout = one((await stripe.payouts.list({}, there)).data, pick);
    if (payout === undefined) return;
    if (pick(3) === 0) await stripe.payouts.cancel(payout.id, {}, there);
    if (pick(2) === 0) await stripe.payouts.reverse(payout.id, {}, there);
    await sandbox.admin(`/payouts/${payout.id}/fail`, {}, name);
  },
  topUp: ({ stripe }, pick) => stripe.topups.create({ amount: 1 + pick(50_000), currency: "eur" }),
  schedule: ({ stripe, accounts }, pick) =>
    stripe.balanceSettings.update(
      {
        payments: {
          debit_negative_balances: pick(2) === 0,
          payouts: {
            schedule: { interval: pick(4) === 0 ? "manual" : "daily" },
            minimum_balance_by_currency: { usd: pick(3000) },
          },
        },
      },
      { stripeAccount: one(accounts, pick) ?? "" },
    ),
  wait: ({ name }, pick) =>
    sandbox.admin("/clock", { advance_seconds: 1 + pick(4 * 86_400) }, name),
};

function payment(pick: (below: number) => number) {
  return {
    amount: 50 + pick(20_000),
    currency: "usd",
    payment_method: one(cards, pick) ?? "pm_card_visa",
    confirm: true,
  };
}

/** Every account's ledger adds up to its balance, row by row and currency by currency. */
async function checkLedgers({ stripe, accounts }: Walk): Promise<void> {
  for (const account of [undefined, ...accounts]) {
    const there = account === undefined ? {} : { stripeAccount: account };
    const { sums, balance } = await readBooks(stripe, there);
    const { available, pending, connect_reserved } = balance;
    const totals = new Map<string, number>();
    for (const { amount, currency } of [...available, ...pending, ...(connect_reserved ?? [])]) {
      totals.set(currency, (totals.get(currency) ?? 0) + amount);
    }
    for (const [currency, sum] of sums)
      expect([currency, totals.get(currency)]).toEqual([currency, sum]);
  }
}

/** Rows and balance of one moment: where a payout left between the two, they are read again. */
async function readBooks(stripe: Stripe, there: Stripe.RequestOptions) {
  for (;;) {
    const before = await stripe.balance.retrieve({}, there);
    const sums = new Map<string, number>();
    for await (const row of stripe.balanceTransactions.list({ limit: 100 }, there)) {
      expect(row.net).toBe(row.amount - row.fee);
      expect(row.fee_details.reduce((sum, { amount }) => sum + amount, 0)).toBe(row.fee);
      sums.set(row.currency, (sums.get(row.currency) ?? 0) + row.net);
    }
    const balance = await stripe.balance.retrieve({}, there);
    if (isDeepStrictEqual({ ...before }, { ...balance })) return { sums, balance };
  }
}

let walks = 0;
const names = Object.keys(steps);
const step = fc.record({
  name: fc.constantFrom(...names),
  draws: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
});

test("after every step of a random walk the sum of net is the balance, per account and currency", async () => {
  const taken = { done: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 40 }), async (path) => {
      walks += 1;
      const name = `walk${walks}`;
      const accounts = [await readyAccount(sandbox, name), await readyAccount(sandbox, name)];
      const walk = { name, stripe: sandbox.client(name), accounts };
      for (const { name: next, draws } of path) {
        let draw = 0;
        const pick = (below: number) =>
          below === 0 ? 0 : (draws[draw++ % draws.length] ?? 0) % below;
        try {
          await steps[next]?.(walk, pick);
          taken.done += 1;
        } catch (error) {
          // A refusal is an answer; a failure of the server is not.
          if (!(error instanceof Stripe.errors.StripeError) || (error.statusCode ?? 500) >= 500) {
            throw error;
          }
          taken.refused += 1;
        }
        await checkLedgers(walk);
      }
    }),
    { numRuns: 20, seed: 20_261_121, endOnFailure: true },
  );
  expect(taken.done).toBeGreaterThan(taken.refused);
}, 120_000);
