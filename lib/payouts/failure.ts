/** What a failure of a payout asks for. */
export type FailureMend =
  /** Another bank account, or the details of this one put right. */
  | "replace"
  /** A word with the bank, then this account or another. */
  | "ask-bank"
  /** Nothing but another try. */
  | "retry"
  /** Money first: the balance or the bank account has too little. */
  | "fund";

type Failure = {
  readonly mend: FailureMend;
  /** Stripe sends nothing more to that account until it is replaced or confirmed. */
  readonly stops: boolean;
  /** Where the code was seen to mean what our words say; null: nowhere yet. */
  readonly from: string | null;
};

/** Stripe's own list, and that of a platform of many countries, which names debit cards' too. */
const stripe = "https://docs.stripe.com/api/payouts/failures";
const merchants = "https://github.com/Automattic/woocommerce-payments, payoutFailureMessages";

/**
 * Every code known of a payout that failed. Their words are in the messages, under the same names.
 * Stripe's list is of banks; a debit card's codes come on its payouts all the same.
 */
export const failures = {
  account_closed: { mend: "replace", stops: true, from: stripe },
  account_frozen: { mend: "ask-bank", stops: true, from: stripe },
  bank_account_restricted: { mend: "replace", stops: true, from: stripe },
  bank_ownership_changed: { mend: "replace", stops: true, from: stripe },
  could_not_process: { mend: "ask-bank", stops: true, from: stripe },
  debit_not_authorized: { mend: "ask-bank", stops: true, from: stripe },
  declined: { mend: "ask-bank", stops: true, from: stripe },
  exceeds_amount_limit: { mend: "replace", stops: true, from: merchants },
  exceeds_count_limit: { mend: "replace", stops: true, from: merchants },
  expired_card: { mend: "replace", stops: true, from: merchants },
  incorrect_account_holder_address: { mend: "replace", stops: true, from: stripe },
  incorrect_account_holder_details: { mend: "replace", stops: true, from: merchants },
  incorrect_account_holder_name: { mend: "replace", stops: true, from: stripe },
  incorrect_account_holder_tax_id: { mend: "replace", stops: true, from: stripe },
  incorrect_account_type: { mend: "replace", stops: true, from: merchants },
  insufficient_funds: { mend: "fund", stops: false, from: stripe },
  invalid_account_number: { mend: "replace", stops: true, from: stripe },
  invalid_account_number_length: { mend: "replace", stops: true, from: merchants },
  invalid_card: { mend: "replace", stops: true, from: merchants },
  invalid_currency: { mend: "replace", stops: true, from: stripe },
  invalid_issuer: { mend: "replace", stops: true, from: merchants },
  invalid_transaction: { mend: "ask-bank", stops: true, from: merchants },
  issuer_unavailable: { mend: "retry", stops: false, from: merchants },
  lost_or_stolen_card: { mend: "replace", stops: true, from: merchants },
  no_account: { mend: "replace", stops: true, from: stripe },
  processing_error: { mend: "retry", stops: false, from: null },
  refer_to_card_issuer: { mend: "ask-bank", stops: true, from: merchants },
  unsupported_card: { mend: "replace", stops: true, from: stripe },
} as const satisfies Record<string, Failure>;

export type FailureCode = keyof typeof failures;

export function isFailureCode(code: string): code is FailureCode {
  return Object.hasOwn(failures, code);
}

/** What is known of a failure; one Stripe has invented since is a matter for the bank. */
export function failureOf(
  code: string | null,
): Pick<Failure, "mend" | "stops"> & { code: FailureCode | "other" } {
  if (code === null || !isFailureCode(code)) {
    return { code: "other", mend: "ask-bank", stops: true };
  }
  const { mend, stops } = failures[code];
  return { code, mend, stops };
}
