import { sepaNumbers, sepaTokens } from "#sandbox/payments/sepa-numbers";

/** What becomes of a debit of a test bank account. */
export interface BankNumber {
  /** Why the bank sends the debit back. */
  fails?: string;
  /** It takes three minutes more than the others. */
  isSlow?: true;
  /** It never ends by itself. */
  isEndless?: true;
  /** Paid, and then taken back by the account's holder. */
  isDisputed?: true;
  /** Radar stops it before its bank is asked. */
  isRisky?: true;
  /** The small deposits that would show whose it is do not arrive. */
  failsDeposits?: true;
  /** No payment method can be made of it. */
  isUnusable?: true;
}

/** Stripe's documented test accounts of US banks: https://docs.stripe.com/payments/ach-direct-debit */
const usNumbers: Record<string, BankNumber> = {
  "000123456789": {},
  "000111111113": { fails: "account_closed" },
  "000111111116": { fails: "no_account" },
  "000222222227": { fails: "insufficient_funds" },
  "000333333335": { fails: "debit_not_authorized" },
  "000444444440": { fails: "invalid_currency" },
  "000555555559": { isDisputed: true },
  "000000000009": { isEndless: true },
  "000777777771": { fails: "charge_exceeds_weekly_limit" },
  "000000004954": { isRisky: true },
  "000666666661": { failsDeposits: true },
  "000888888885": { fails: "tokenized_account_number_deactivated" },
};

/** Every bank account a debit can be tried on. */
export const bankNumbers: Record<string, BankNumber> = { ...usNumbers, ...sepaNumbers };

/** Ready-made bank payment methods, verified already but for the one whose deposits fail. Each use
 *  of one makes a new `pm_`. */
export const bankTokens: Record<string, string> = {
  pm_usBankAccount: "000123456789",
  pm_usBankAccount_success: "000123456789",
  pm_usBankAccount_accountClosed: "000111111113",
  pm_usBankAccount_noAccount: "000111111116",
  pm_usBankAccount_insufficientFunds: "000222222227",
  pm_usBankAccount_debitNotAuthorized: "000333333335",
  pm_usBankAccount_invalidCurrency: "000444444440",
  pm_usBankAccount_dispute: "000555555559",
  pm_usBankAccount_processing: "000000000009",
  pm_usBankAccount_weeklyLimitExceeded: "000777777771",
  pm_usBankAccount_riskLevelHighest: "000000004954",
  pm_usBankAccount_failMicrodeposits: "000666666661",
  pm_sepaDebit: "AT611904300234573201",
  ...sepaTokens,
};

/** Whether an IBAN's two check digits are right: ISO 13616, modulo 97. */
export function isIban(written: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(written)) return false;
  const moved = `${written.slice(4)}${written.slice(0, 4)}`;
  const digits = moved.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(digits) % 97n === 1n;
}
