import type { AccountCode } from "#lib/ledger/chart";

/** What stands against `stripe:balance`: the clearing of the source, an account, or a rule. */
export type Counter =
  | "clearing"
  | "in_transit"
  | "adjustment"
  | "fee"
  | Extract<
      AccountCode,
      | "bank:cash"
      | "expense:bad_debt"
      | "expense:contributions"
      | "expense:fx"
      | "expense:issuing"
      | "expense:stripe_fees"
      | "expense:tax"
      | "financing"
      | "stripe:reserve"
      | "suspense"
      | "tax"
    >;
type Row = { readonly counter: Counter; readonly sentence: string };

const settled = (sentence: string): Row => ({ counter: "clearing", sentence });
const reserved = (sentence: string): Row => ({ counter: "stripe:reserve", sentence });
const unclear = (sentence: string): Row => ({ counter: "suspense", sentence });
const cards = (sentence: string): Row => ({ counter: "expense:issuing", sentence });

/** Every type of balance transaction that Stripe's SDK names. Any other goes to suspense. */
export const balanceTypes = {
  adjustment: {
    counter: "adjustment",
    sentence: "A dispute's withdrawal or return, a fee given back, a debit by the platform.",
  },
  advance: { counter: "financing", sentence: "Stripe advances money." },
  advance_funding: { counter: "financing", sentence: "An advance is funded or repaid." },
  anticipation_repayment: { counter: "financing", sentence: "Early settlement is repaid." },
  application_fee: settled("The platform's share of a payment is collected."),
  application_fee_refund: settled("The platform's share of a payment is given back."),
  charge: settled("A card payment settles."),
  climate_order_purchase: { counter: "expense:contributions", sentence: "Climate work is bought." },
  climate_order_refund: {
    counter: "expense:contributions",
    sentence: "Climate work that was bought is paid back.",
  },
  connect_collection_transfer: {
    counter: "expense:bad_debt",
    sentence: "The platform covers what an account has been short of for half a year.",
  },
  contribution: { counter: "expense:contributions", sentence: "A share of sales is given away." },
  fee_credit_funding: { counter: "expense:stripe_fees", sentence: "Stripe funds a fee credit." },
  inbound_transfer: { counter: "bank:cash", sentence: "Money is drawn from the bank." },
  inbound_transfer_reversal: {
    counter: "bank:cash",
    sentence: "Money that was drawn from the bank goes back.",
  },
  issuing_authorization_hold: reserved("A card's authorisation holds money."),
  issuing_authorization_release: reserved("A card's authorisation lets money go."),
  issuing_dispute: cards("A card purchase is disputed and paid back."),
  issuing_dispute_provisional_credit: cards("A disputed card purchase is credited for now."),
  issuing_dispute_provisional_credit_reversal: cards("A credit for now is taken back."),
  issuing_transaction: cards("A card pays."),
  obligation_outbound: unclear("An obligation leaves, for a reason its type does not say."),
  obligation_reversal_inbound: unclear("An obligation comes back, for a reason it does not say."),
  payment: settled("A payment other than by card, or a transfer that arrives, settles."),
  payment_failure_refund: settled("A payment that had settled fails."),
  payment_network_reserve_hold: reserved("A payment network holds money back."),
  payment_network_reserve_release: reserved("A payment network lets held money go."),
  payment_refund: settled("A payment other than by card, or a transfer, is given back."),
  payment_reversal: settled("A payment is reversed."),
  payment_unreconciled: unclear("Money came that nobody was expected to send."),
  payout: settled("Money leaves for the bank, or is drawn from it."),
  payout_cancel: { counter: "in_transit", sentence: "A payout is canceled and comes back." },
  payout_failure: { counter: "in_transit", sentence: "A payout fails at the bank and comes back." },
  payout_minimum_balance_hold: reserved("The minimum balance is held back from payouts."),
  payout_minimum_balance_release: reserved("The minimum balance is let go."),
  refund: settled("A card payment is given back."),
  refund_failure: settled("A refund comes back."),
  reserve_hold: reserved("Stripe holds money in reserve."),
  reserve_release: reserved("Stripe lets reserved money go."),
  reserve_transaction: reserved("The reserve for the platform's accounts grows or sinks."),
  reserved_funds: reserved("Funds are held in reserve, or let go."),
  stripe_balance_payment_debit: {
    counter: "expense:stripe_fees",
    sentence: "Stripe's invoice is paid out of the balance.",
  },
  stripe_balance_payment_debit_reversal: {
    counter: "expense:stripe_fees",
    sentence: "A payment to Stripe out of the balance comes back.",
  },
  stripe_fee: { counter: "fee", sentence: "Stripe charges a fee by itself." },
  stripe_fx_fee: { counter: "expense:fx", sentence: "Stripe charges for an exchange." },
  tax_fee: { counter: "expense:tax", sentence: "Tax on Stripe's fees." },
  tax_fund: { counter: "tax", sentence: "Tax that was collected is set apart to be remitted." },
  topup: settled("Money from the bank arrives."),
  topup_reversal: settled("Money from the bank goes back."),
  transfer: settled("Money is passed on to an account."),
  transfer_cancel: settled("A transfer is canceled and comes back."),
  transfer_failure: settled("A transfer fails and comes back."),
  transfer_refund: settled("A transfer is reversed and comes back."),
} as const satisfies Record<string, Row>;

export type BalanceType = keyof typeof balanceTypes;

export function isBalanceType(text: string): text is BalanceType {
  return Object.hasOwn(balanceTypes, text);
}

/** What each kind of fee inside a balance transaction is to the one who bears it. */
export const feeTypes = {
  application_fee: "expense:platform_fees",
  payment_method_passthrough_fee: "expense:processing",
  stripe_fee: "expense:processing",
  tax: "expense:tax",
  withheld_tax: "expense:tax",
} as const satisfies Record<string, AccountCode>;

export function feeAccountOf(type: string): AccountCode {
  return Object.hasOwn(feeTypes, type)
    ? feeTypes[type as keyof typeof feeTypes]
    : "expense:stripe_fees";
}

/** The types that usually take money away, as their examples show them. */
export const leaving: ReadonlySet<string> = new Set<BalanceType>([
  ...(["adjustment", "anticipation_repayment", "application_fee_refund"] as const),
  ...(["climate_order_purchase", "connect_collection_transfer", "contribution"] as const),
  ...(["inbound_transfer_reversal", "issuing_authorization_hold", "issuing_transaction"] as const),
  ...(["issuing_dispute_provisional_credit_reversal", "obligation_outbound"] as const),
  ...(["payment_failure_refund", "payment_network_reserve_hold", "payment_refund"] as const),
  ...(["payment_reversal", "payout", "payout_minimum_balance_hold", "refund"] as const),
  ...(["reserve_hold", "reserve_transaction", "reserved_funds", "stripe_fee"] as const),
  ...(["stripe_balance_payment_debit", "stripe_fx_fee", "tax_fee", "tax_fund"] as const),
  ...(["topup_reversal", "transfer"] as const),
]);
