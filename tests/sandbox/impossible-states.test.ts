import { expect, test } from "vitest";
import { type Refused, testRefusals } from "#tests/sandbox/refusal-world";

const none = "resource_missing";
const state = "payment_intent_unexpected_state";

const rows: Refused[] = [
  // Invoices
  {
    ask: "POST /v1/invoices/{paid}/pay",
    status: 400,
    code: "invoice_already_paid",
    says: /already paid/i,
  },
  { ask: "POST /v1/invoices/{voided}/pay", status: 400, code: "invoice_not_payable", says: /void/ },
  {
    ask: "POST /v1/invoices/{paid}/finalize",
    status: 400,
    code: "invoice_not_editable",
    says: /finalized/,
  },
  {
    ask: "POST /v1/invoices/{open}/finalize",
    status: 400,
    code: "invoice_not_editable",
    says: /finalized/,
  },
  {
    ask: "POST /v1/invoices/{draft}/void",
    status: 400,
    code: "invoice_not_editable",
    says: /open|draft/,
  },
  {
    ask: "POST /v1/invoices/{paid}/void",
    status: 400,
    code: "invoice_not_editable",
    says: /paid|open/,
  },
  {
    ask: "POST /v1/invoices/{voided}/void",
    status: 400,
    code: "invoice_not_editable",
    says: /void|open/,
  },
  {
    ask: "POST /v1/invoices/{draft}/mark_uncollectible",
    status: 400,
    code: "invoice_not_editable",
    says: /open|draft/,
  },
  {
    ask: "POST /v1/invoices/{paid}/mark_uncollectible",
    status: 400,
    code: "invoice_not_editable",
    says: /paid|open/,
  },
  { ask: "DELETE /v1/invoices/{open}", status: 400, code: "invoice_not_editable", says: /draft/ },
  { ask: "DELETE /v1/invoices/{paid}", status: 400, code: "invoice_not_editable", says: /draft/ },
  {
    ask: "POST /v1/invoices/{paid}/add_lines",
    sent: { lines: { 0: { amount: 5 } } },
    status: 400,
    code: "invoice_not_editable",
    says: /draft|finalized|edit/,
  },
  {
    ask: "POST /v1/invoices/{voided}/send",
    status: 400,
    code: "invoice_not_editable",
    says: /void|send/,
  },
  {
    ask: "POST /v1/invoiceitems",
    sent: { customer: "{customer}", amount: 1, currency: "usd", invoice: "{open}" },
    status: 400,
    code: "invoice_not_editable",
    param: "invoice",
    says: /draft|finalized|edit/,
  },
  // Credit notes
  {
    ask: "POST /v1/credit_notes",
    sent: { invoice: "{draft}", amount: 100 },
    status: 400,
    param: "invoice",
    says: /open|paid|finalized/,
  },
  {
    ask: "POST /v1/credit_notes",
    sent: { invoice: "{voided}", amount: 100 },
    status: 400,
    param: "invoice",
    says: /open|paid|void/,
  },
  {
    ask: "POST /v1/credit_notes",
    sent: { invoice: "{open}", amount: 999_999 },
    status: 400,
    param: "amount",
    says: /more|greater|exceed|5000|50\.00/,
  },
  { ask: "POST /v1/credit_notes/{voidNote}/void", status: 400, says: /void/ },
  // Subscriptions
  {
    ask: "DELETE /v1/subscriptions/{ended}",
    status: 404,
    code: none,
    param: "id",
    says: /No such subscription/,
  },
  {
    ask: "POST /v1/subscriptions/{ended}",
    sent: { cancel_at_period_end: true },
    status: 400,
    code: "subscription_canceled",
    says: /canceled/,
  },
  { ask: "POST /v1/subscriptions/{active}/resume", status: 400, param: "id", says: /paused/ },
  {
    ask: "POST /v1/subscription_items",
    sent: { subscription: "{ended}", price: "{price}" },
    status: 400,
    code: "subscription_canceled",
    param: "subscription",
    says: /canceled/,
  },
  {
    ask: "POST /v1/subscriptions/{active}",
    sent: { items: { 0: { id: "si_none", quantity: 2 } } },
    status: 400,
    code: none,
    param: "items[0][id]",
    says: /No such subscription_item: 'si_none'/,
  },
  {
    ask: "POST /v1/subscriptions/{active}",
    sent: { items: { 0: { id: "{item}", deleted: true } } },
    status: 400,
    param: "items",
    says: /at least one active plan/,
  },
  {
    ask: "POST /v1/subscription_schedules/{released}/release",
    status: 400,
    param: "id",
    says: /released/,
  },
  {
    ask: "POST /v1/subscription_schedules/{released}/cancel",
    status: 400,
    param: "id",
    says: /released/,
  },
  // Payment intents
  {
    ask: "POST /v1/payment_intents/{succeeded}/confirm",
    status: 400,
    code: state,
    says: /succeeded/,
  },
  {
    ask: "POST /v1/payment_intents/{succeeded}/cancel",
    status: 400,
    code: state,
    says: /succeeded/,
  },
  {
    ask: "POST /v1/payment_intents/{succeeded}/capture",
    status: 400,
    code: state,
    says: /succeeded|captured/,
  },
  {
    ask: "POST /v1/payment_intents/{canceledIntent}/capture",
    status: 400,
    code: state,
    says: /canceled/,
  },
  {
    ask: "POST /v1/payment_intents/{canceledIntent}/confirm",
    status: 400,
    code: state,
    says: /canceled/,
  },
  {
    ask: "POST /v1/payment_intents/{canceledIntent}/cancel",
    status: 400,
    code: state,
    says: /canceled/,
  },
  {
    ask: "POST /v1/payment_intents/{succeeded}",
    sent: { amount: 5000 },
    status: 400,
    code: state,
    param: "amount",
    says: /succeeded/,
  },
  {
    ask: "POST /v1/payment_intents/{held}/capture",
    sent: { amount_to_capture: 9999 },
    status: 400,
    code: "amount_too_large",
    param: "amount_to_capture",
    says: /2000|20\.00/,
  },
  {
    ask: "POST /v1/setup_intents/{setup}/confirm",
    status: 400,
    code: "setup_intent_unexpected_state",
    says: /succeeded/,
  },
  {
    ask: "POST /v1/setup_intents/{setup}/cancel",
    status: 400,
    code: "setup_intent_unexpected_state",
    says: /succeeded/,
  },
  // Refunds and disputes
  {
    ask: "POST /v1/refunds",
    sent: { charge: "{refundedCharge}" },
    status: 400,
    code: "charge_already_refunded",
    says: /already been refunded/,
  },
  {
    ask: "POST /v1/refunds",
    sent: { charge: "{disputedCharge}" },
    status: 400,
    code: "charge_disputed",
    says: /charged back|disputed/,
  },
  {
    ask: "POST /v1/refunds",
    sent: { payment_intent: "{succeeded}", amount: 2001 },
    status: 400,
    param: "amount",
    says: /\$20\.01.*\$20\.00/,
  },
  {
    ask: "POST /v1/refunds",
    sent: { payment_intent: "{succeeded}", amount: 0 },
    status: 400,
    code: "parameter_invalid_integer",
    param: "amount",
    says: /Invalid positive integer/,
  },
  {
    ask: "POST /v1/refunds",
    sent: {},
    status: 400,

    says: /charge|payment_intent/,
  },
  {
    ask: "POST /v1/refunds/{refund}/cancel",
    status: 400,
    code: "refund_unexpected_state",
    says: /succeeded|pending|cancel/,
  },
  {
    ask: "POST /v1/disputes/{lostDispute}/close",
    status: 400,
    code: "dispute_unexpected_state",
    says: /lost|closed/,
  },
  {
    ask: "POST /v1/disputes/{lostDispute}",
    sent: { evidence: { uncategorized_text: "x" } },
    status: 400,
    code: "dispute_unexpected_state",
    says: /lost|closed|submi/,
  },
  // Money
  {
    ask: "POST /v1/transfers",
    sent: { amount: 99_999_999, currency: "usd", destination: "{account}" },
    status: 400,
    code: "balance_insufficient",
    says: /insufficient|available/i,
  },
  {
    ask: "POST /v1/transfers/{reversed}/reversals",
    status: 400,
    code: "transfer_already_reversed",
    says: /reversed/,
  },
  {
    ask: "POST /v1/payouts",
    sent: { amount: 99_999_999, currency: "usd" },
    status: 400,
    code: "balance_insufficient",
    headers: { "stripe-account": "{account}" },
    says: /insufficient|available|funds/i,
  },
  {
    ask: "POST /v1/payouts/po_none/cancel",
    status: 404,
    code: none,
    param: "id",
    says: /No such payout: 'po_none'/,
  },
  // The rest
  { ask: "POST /v1/checkout/sessions/{expired}/expire", status: 400, says: /expired|open/ },
  { ask: "DELETE /v1/prices/{price}", status: 404, says: /Unrecognized request URL/ },
  { ask: "DELETE /v1/products/{product}", status: 400, says: /price/ },
  {
    ask: "POST /v1/prices/{price}",
    sent: { unit_amount: 5 },
    status: 400,
    code: "parameter_unknown",
    param: "unit_amount",
    says: /unit_amount/,
  },
  {
    ask: "POST /v1/coupons/{coupon}",
    sent: { percent_off: 50 },
    status: 400,
    code: "parameter_unknown",
    param: "percent_off",
    says: /percent_off/,
  },
  {
    ask: "POST /v1/test_helpers/test_clocks/{clock}/advance",
    sent: { frozen_time: 1_700_000_000 },
    status: 400,
    param: "frozen_time",
    says: /later time/,
  },
  {
    ask: "POST /v1/billing/meters",
    sent: { display_name: "Calls", event_name: "calls", default_aggregation: { formula: "sum" } },
    status: 400,
    code: "resource_already_exists",
    param: "event_name",
    says: /calls|event_name/,
  },
];

testRefusals("states", rows);

test("no request is listed twice", () => {
  const asked = rows.map(({ ask, sent, headers }) => JSON.stringify([ask, sent, headers]));
  expect(asked.filter((one, place) => asked.indexOf(one) !== place)).toEqual([]);
});
