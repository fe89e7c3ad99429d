import type { Move } from "#lib/ledger/entry";
import { account } from "#lib/ledger/entry";
import type { ExpectedKind } from "#lib/ledger-rules/catalogue";
import type { Known } from "#lib/ledger-rules/claim";
import { type ClaimedType, claimsOf } from "#lib/ledger-rules/claims";
import type { Schedule } from "#lib/ledger-rules/schedule";

type Case = { type: ClaimedType; account?: string; object: object; known?: Partial<Known> };

const at = 1_760_000_000;
const day = 86_400;
const common = { created: at, currency: "usd" };
const line = (id: string, amount: number, price: string, more = {}) => ({
  ...{ id, amount, discount_amounts: [], pretax_credit_amounts: [], taxes: [] },
  parent: { type: "subscription_item_details" },
  period: { start: at, end: at + 30 * day },
  pricing: { price_details: { price } },
  ...more,
});
const tax = [{ amount: 2000, tax_behavior: "exclusive" }];
const transitions = {
  ...{ finalized_at: at, marked_uncollectible_at: null, paid_at: null, voided_at: null },
};

const invoice = {
  ...{ ...common, id: "in_1", status: "open", customer: "cus_1", customer_account: null },
  ...{ total: 12_000, amount_paid: 0, amount_remaining: 12_000 },
  ...{ starting_balance: 0, ending_balance: 0, status_transitions: transitions },
  lines: { data: [line("il_1", 10_000, "price_flat", { taxes: tax })] },
};
const usage = line("il_2", 750, "price_usage", { period: { start: at - 30 * day, end: at } });
const prices: Known["price"] = (id) =>
  id === "price_usage" ? { kind: "usage", plan: "plv_1" } : { kind: "flat", plan: "plv_1" };

const move = (minor: bigint, from: Move["from"]["code"], to: Move["to"]["code"]): Move => ({
  ...{ from: account(from, "ten_1"), to: account(to, "ten_1"), minor, currency: "usd" },
});
const finalized = [move(10_000n, "deferred", "receivable"), move(2000n, "tax", "receivable")];
const givenUp = [
  move(10_000n, "receivable", "expense:bad_debt"),
  move(2000n, "receivable", "expense:tax"),
];
const issued = [move(5000n, "receivable", "deferred"), move(1000n, "receivable", "tax")];
const arrived = [move(50_000n, "bank:in_transit", "bank:cash")];
const posted = (wanted: string, moves: Move[]): Known["moves"] => {
  return (_book, reference) => (reference === wanted ? moves : []);
};
const schedule = (earnedMinor: bigint): Schedule => ({
  ...{ lineId: "il_1", invoiceId: "in_1", subject: "ten_1", tenantId: "ten_1" },
  ...{ code: "revenue:subscription", currency: "usd", plan: null, minor: 10_000n },
  ...{ from: new Date(0), to: new Date(30 * day * 1000), nextDay: new Date(0) },
  ...{ unearnedMinor: 10_000n, earnedMinor },
});

const charge = {
  ...{ ...common, id: "ch_1", status: "succeeded", captured: true, amount_captured: 10_000 },
  ...{ customer: null, payment_intent: "pi_1", transfer_data: null, application_fee_amount: null },
  payment_method_details: { type: "card", card: { country: "DE" } },
};
const paying = { ...charge, customer: "cus_1", amount_captured: 12_000 };
const passedOn = {
  ...{ ...charge, transfer_data: { destination: "acct_1" }, application_fee_amount: 1000 },
};
const refund = {
  ...{ ...common, id: "re_1", charge: "ch_1", amount: 6000, status: "succeeded" },
  balance_transaction: "txn_2",
};
const dispute = {
  ...{ ...common, id: "du_1", charge: "ch_1", amount: 12_000, status: "needs_response" },
  balance_transactions: [{ amount: -12_000, created: at }],
};
const fee = { ...common, id: "fee_1", account: "acct_1", charge: "ch_1", amount: 1000 };
const transfer = {
  ...{ ...common, id: "tr_1", amount: 10_000, destination: "acct_1", source_transaction: "ch_1" },
  reversals: { data: [{ id: "trr_1", amount: 10_000, created: at }] },
};
const payout = { ...common, id: "po_1", amount: 50_000, status: "paid", arrival_date: at + day };
const topup = { ...common, id: "tu_1", amount: 100_000, status: "succeeded" };
const note = {
  ...{ ...common, id: "cn_1", invoice: "in_1", customer: "cus_1", customer_account: null },
  ...{ status: "issued", total: 6000, post_payment_amount: 6000, out_of_band_amount: 0 },
  ...{ refunds: [], customer_balance_transaction: "cbtxn_1", voided_at: null },
  lines: {
    data: [
      {
        ...{ amount: 5000, discount_amounts: [], pretax_credit_amounts: [] },
        ...{ invoice_line_item: "il_1", taxes: [{ amount: 1000, tax_behavior: "exclusive" }] },
      },
    ],
  },
};
const knowing = (one: object): Partial<Known> => ({ charge: () => one as never });
const invoiced = posted("invoice:in_1:finalized", finalized);

/** Made of days and of balances, by jobs whose own tests say so. */
type Elsewhere = "revenue.earned" | "credit.adjusted";

/** An object for each kind of entry, as its example in the catalogue has it. */
export const cases: { readonly [Kind in Exclude<ExpectedKind, Elsewhere>]: Case } = {
  "invoice.finalized": {
    type: "invoice",
    object: { ...invoice, total: 12_750, lines: { data: [...invoice.lines.data, usage] } },
  },
  "invoice.balance_applied": { type: "invoice", object: { ...invoice, starting_balance: -3000 } },
  "invoice.voided": {
    type: "invoice",
    object: { ...invoice, status_transitions: { ...transitions, voided_at: at } },
    known: {
      billed: () => [
        ...[...finalized, ...issued],
        ...[400n, 600n].map((minor) => move(minor, "revenue:subscription", "deferred")),
      ],
    },
  },
  "invoice.uncollectible": { type: "invoice", object: { ...invoice, status: "uncollectible" } },
  "invoice.recovered": {
    type: "invoice",
    object: {
      ...{ ...invoice, status: "paid" },
      status_transitions: { ...transitions, marked_uncollectible_at: at, paid_at: at },
    },
    known: { moves: posted("invoice:in_1:uncollectible", givenUp) },
  },
  "invoice.paid_elsewhere": {
    type: "invoice",
    object: { ...invoice, status: "paid", amount_paid: 12_000, amount_remaining: 0 },
  },
  "credit_note.issued": {
    type: "credit_note",
    object: note,
    known: { moves: invoiced, schedules: () => [schedule(6000n)] },
  },
  "credit_note.voided": {
    type: "credit_note",
    object: { ...note, status: "void", voided_at: at },
    known: { moves: posted("credit_note:cn_1:issued", issued), schedules: () => [schedule(0n)] },
  },
  "charge.settled_invoice": { type: "charge", object: paying },
  "charge.sold": { type: "charge", account: "acct_1", object: charge },
  "charge.passed_on": { type: "charge", object: passedOn },
  "charge.received": {
    ...{ type: "charge", account: "acct_1", object: { ...charge, source_transfer: "tr_1" } },
    known: { transfer: () => ({ sourceTransaction: "ch_1" }) },
  },
  "charge.debited": {
    type: "charge",
    object: { ...charge, amount_captured: 2500, payment_method_details: null },
  },
  "refund.made": { type: "refund", object: refund, known: knowing(paying) },
  "refund.failed": {
    type: "refund",
    object: { ...refund, status: "failed" },
    known: knowing(paying),
  },
  "dispute.opened": { type: "dispute", object: dispute },
  "dispute.won": {
    type: "dispute",
    object: {
      ...{ ...dispute, status: "won" },
      balance_transactions: [...dispute.balance_transactions, { amount: 12_000, created: at }],
    },
  },
  "dispute.lost": { type: "dispute", object: { ...dispute, status: "lost" } },
  "fee.earned": { type: "application_fee", object: { ...fee, originating_transaction: null } },
  "fee.refunded": {
    type: "application_fee",
    object: {
      ...{ ...fee, originating_transaction: null },
      refunds: { data: [{ id: "fr_1", amount: 1000, created: at }] },
    },
  },
  "transfer.made": { type: "transfer", object: transfer, known: knowing(passedOn) },
  "transfer.reversed": { type: "transfer", object: transfer, known: knowing(passedOn) },
  "payout.created": { type: "payout", object: payout },
  "payout.paid": { type: "payout", object: payout },
  "payout.returned": {
    type: "payout",
    object: { ...payout, status: "failed" },
    known: { moves: posted("payout:po_1:paid", arrived) },
  },
  "topup.succeeded": { type: "topup", object: topup },
  "topup.reversed": { type: "topup", object: { ...topup, status: "reversed" } },
};

/** The moves that a kind of entry has of an object; null where it has to wait. */
export function movesOf(kind: string, { type, object, known, ...of }: Case) {
  const source = { account: of.account ?? "", tenantId: "ten_1", object };
  const claim = claimsOf(type, source).find((one) => one.kind === kind);
  const nothing: Known = {
    isFresh: false,
    ...{ charge: () => undefined, transfer: () => undefined, price: prices },
    ...{ schedules: () => [], billed: () => [], paidOf: () => 0n, moves: () => [] },
  };
  return claim?.build({ ...nothing, ...known })?.moves ?? null;
}
