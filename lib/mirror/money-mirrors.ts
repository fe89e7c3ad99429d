import { at, type Mirror, minor, type Part, text, yes } from "#lib/mirror/mirror";
import {
  chargeFacts,
  disputeFacts,
  fraudWarningFacts,
  payoutFacts,
  refundFacts,
  transferFacts,
} from "#lib/mirror/money-facts";
import type {
  StripeFeeRefund,
  StripeObjects,
  StripeTransferReversal,
} from "#lib/stripe/object-types";
import { idOf } from "#lib/stripe/objects";

const reversals: Part<StripeObjects["transfer"], StripeTransferReversal> = {
  table: "stripe_transfer_reversals",
  parent: "transfer_id",
  of: ({ reversals }) => reversals.data,
  columns: {
    refund_id: text((reversal) => idOf(reversal.source_refund)),
    balance_transaction_id: text((reversal) => idOf(reversal.balance_transaction)),
    currency: text((reversal) => reversal.currency),
    amount_minor: minor((reversal) => reversal.amount),
    made_at: at((reversal) => reversal.created),
  },
};

const feeRefunds: Part<StripeObjects["application_fee"], StripeFeeRefund> = {
  table: "stripe_fee_refunds",
  parent: "fee_id",
  of: ({ refunds }) => refunds.data,
  columns: {
    balance_transaction_id: text((refund) => idOf(refund.balance_transaction)),
    currency: text((refund) => refund.currency),
    amount_minor: minor((refund) => refund.amount),
    made_at: at((refund) => refund.created),
  },
};

/** The mirrors of money that moves: in by charges, back by refunds and disputes, on by the rest. */
export const moneyMirrors = {
  payment_intent: {
    table: "stripe_payment_intents",
    rank: ({ status }) => {
      if (status === "succeeded" || status === "canceled") return 2;
      return status === "requires_capture" ? 1 : 0;
    },
    columns: {
      customer_id: text((intent) => idOf(intent.customer)),
      latest_charge_id: text((intent) => idOf(intent.latest_charge)),
      status: text((intent) => intent.status),
      currency: text((intent) => intent.currency),
      amount_minor: minor((intent) => intent.amount),
      amount_received_minor: minor((intent) => intent.amount_received),
    },
  },
  charge: {
    table: "stripe_charges",
    silent: ["disputed"],
    facts: chargeFacts,
    // What was refunded may sink again, where a refund fails.
    rank: ({ status, captured }) => Number(status !== "pending") + Number(captured),
    columns: {
      customer_id: text((charge) => idOf(charge.customer)),
      payment_intent_id: text((charge) => idOf(charge.payment_intent)),
      balance_transaction_id: text((charge) => idOf(charge.balance_transaction)),
      transfer_id: text((charge) => idOf(charge.transfer)),
      status: text((charge) => charge.status),
      currency: text((charge) => charge.currency),
      amount_minor: minor((charge) => charge.amount),
      amount_captured_minor: minor((charge) => charge.amount_captured),
      amount_refunded_minor: minor((charge) => charge.amount_refunded),
      failure_code: text((charge) => charge.failure_code),
    },
  },
  refund: {
    table: "stripe_refunds",
    through: { table: "stripe_charges", column: "charge_id" },
    facts: refundFacts,
    columns: {
      charge_id: text((refund) => idOf(refund.charge)),
      payment_intent_id: text((refund) => idOf(refund.payment_intent)),
      balance_transaction_id: text((refund) => idOf(refund.balance_transaction)),
      status: text((refund) => refund.status),
      reason: text((refund) => refund.reason),
      currency: text((refund) => refund.currency),
      amount_minor: minor((refund) => refund.amount),
    },
  },
  dispute: {
    table: "stripe_disputes",
    through: { table: "stripe_charges", column: "charge_id" },
    facts: disputeFacts,
    columns: {
      charge_id: text((dispute) => idOf(dispute.charge)),
      payment_intent_id: text((dispute) => idOf(dispute.payment_intent)),
      status: text((dispute) => dispute.status),
      reason: text((dispute) => dispute.reason),
      currency: text((dispute) => dispute.currency),
      amount_minor: minor((dispute) => dispute.amount),
      due_at: at((dispute) => dispute.evidence_details?.due_by),
    },
  },
  "radar.early_fraud_warning": {
    table: "stripe_fraud_warnings",
    through: { table: "stripe_charges", column: "charge_id" },
    facts: fraudWarningFacts,
    // Once there is nothing left to do about one, there never is again.
    rank: ({ actionable }) => Number(!actionable),
    columns: {
      charge_id: text((warning) => idOf(warning.charge)),
      payment_intent_id: text((warning) => idOf(warning.payment_intent)),
      fraud_type: text((warning) => warning.fraud_type),
      is_actionable: yes((warning) => warning.actionable),
    },
  },
  payout: {
    table: "stripe_payouts",
    facts: payoutFacts,
    rank: ({ status }) => ["pending", "in_transit", "paid"].indexOf(status),
    columns: {
      balance_transaction_id: text((payout) => idOf(payout.balance_transaction)),
      status: text((payout) => payout.status),
      currency: text((payout) => payout.currency),
      amount_minor: minor((payout) => payout.amount),
      arrives_at: at((payout) => payout.arrival_date),
      is_automatic: yes((payout) => payout.automatic),
      failure_code: text((payout) => payout.failure_code),
      bank_reference: text((payout) => payout.trace_id?.value),
    },
    isFinal: (payout) => payout.status === "failed" || payout.status === "canceled",
  },
  transfer: {
    table: "stripe_transfers",
    facts: transferFacts,
    rank: (transfer) => transfer.amount_reversed,
    columns: {
      destination: text((transfer) => idOf(transfer.destination)),
      source_transaction_id: text((transfer) => idOf(transfer.source_transaction)),
      balance_transaction_id: text((transfer) => idOf(transfer.balance_transaction)),
      currency: text((transfer) => transfer.currency),
      amount_minor: minor((transfer) => transfer.amount),
      amount_reversed_minor: minor((transfer) => transfer.amount_reversed),
    },
    isWhole: (transfer) => !transfer.reversals.has_more,
    parts: [reversals],
  },
  application_fee: {
    table: "stripe_application_fees",
    rank: (fee) => fee.amount_refunded,
    columns: {
      payer: text((fee) => idOf(fee.account)),
      charge_id: text((fee) => idOf(fee.charge)),
      balance_transaction_id: text((fee) => idOf(fee.balance_transaction)),
      currency: text((fee) => fee.currency),
      amount_minor: minor((fee) => fee.amount),
      amount_refunded_minor: minor((fee) => fee.amount_refunded),
    },
    isWhole: (fee) => !fee.refunds.has_more,
    parts: [feeRefunds],
  },
  topup: {
    table: "stripe_topups",
    rank: ({ status }) => Number(status !== "pending") + Number(status === "reversed"),
    columns: {
      balance_transaction_id: text((topup) => idOf(topup.balance_transaction)),
      status: text((topup) => topup.status),
      currency: text((topup) => topup.currency),
      amount_minor: minor((topup) => topup.amount),
      expected_at: at((topup) => topup.expected_availability_date),
      failure_code: text((topup) => topup.failure_code),
    },
    isFinal: ({ status }) => status === "failed" || status === "canceled" || status === "reversed",
  },
  balance_transaction: {
    table: "stripe_balance_transactions",
    columns: {
      type: text((row) => row.type),
      source_id: text((row) => idOf(row.source)),
      status: text((row) => row.status),
      currency: text((row) => row.currency),
      amount_minor: minor((row) => row.amount),
      fee_minor: minor((row) => row.fee),
      net_minor: minor((row) => row.net),
      available_at: at((row) => row.available_on),
    },
    isFinal: (row) => row.status === "available",
  },
} satisfies { [Type in keyof StripeObjects]?: Mirror<StripeObjects[Type]> };
