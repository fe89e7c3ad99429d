import type Stripe from "stripe";
import { expect, test } from "vitest";
import { disputeFacts, payoutFacts, transferFacts } from "#lib/mirror/money-facts";

const created = 1_790_000_000;
const made = new Date(created * 1_000);
const money = { amount: 500, currency: "usd", created };

test("what begins with its object came to be when that was made, and what follows says nothing", () => {
  const payout = { id: "po_1", status: "paid", automatic: false, ...money };
  expect(instantsOf(payoutFacts(payout as Stripe.Payout))).toEqual({
    ...{ "payout.created": made, "payout.paid": undefined },
  });
  const dispute = { id: "dp_1", status: "lost", charge: "ch_1", ...money };
  expect(instantsOf(disputeFacts(dispute as Stripe.Dispute))).toEqual({
    ...{ "dispute.opened": made, "dispute.lost": undefined },
  });
  const transfer = { id: "tr_1", destination: "acct_1", ...money };
  expect(instantsOf(transferFacts(transfer as Stripe.Transfer))).toEqual({
    "transfer.created": made,
  });
});

function instantsOf(facts: readonly { kind: string; at?: Date }[]) {
  return Object.fromEntries(facts.map(({ kind, at }) => [kind, at]));
}
