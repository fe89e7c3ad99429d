import { bankNumbers, isIban } from "#sandbox/payments/bank-numbers";
import { type OtherType, otherMethods } from "#sandbox/payments/other-methods";
import { invalidRequest } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Billing = ObjectOf<"payment_method">["billing_details"];

/** A way to pay other than a card, as its holder names it. */
export interface OtherInput {
  type: OtherType;
  /** An account number or an IBAN; nothing for what is chosen on the payer's own page. */
  number: string;
  billing: Billing;
  metadata?: Record<string, string>;
  /** Its account is known to be its holder's: no small deposits have to be told. */
  isVerified: boolean;
}

/** Makes a payment method that is not a card, and refuses accounts no test knows. */
export function createOtherMethod(world: World, input: OtherInput): Row<"payment_method"> {
  const { type, number, billing, metadata = {}, isVerified } = input;
  checkNumber(type, number);
  const object: ObjectOf<"payment_method"> = {
    id: world.newId("pm"),
    object: "payment_method",
    allow_redisplay: "unspecified",
    billing_details: billing,
    created: world.now(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata,
    type,
    ...otherMethods[type].kept(number),
  };
  return world.insert("payment_method", object, { number, isAuthenticated: isVerified });
}

function checkNumber(type: OtherType, number: string): void {
  if (type === "sepa_debit" && !isIban(number)) {
    throw invalidRequest("The IBAN you provided is invalid.", "invalid_bank_account_iban", iban);
  }
  if (bankNumbers[number]?.isUnusable) {
    const message = "The bank account you provided cannot be used: choose another one.";
    throw invalidRequest(message, "bank_account_unusable", iban);
  }
  if (type !== "us_bank_account" || bankNumbers[number] !== undefined) return;
  throw invalidRequest(
    "You must use a test bank account number in test mode. Try 000123456789 or see more options " +
      "at https://stripe.com/docs/payments/ach-direct-debit/accept-a-payment#test-account-numbers.",
    "account_number_invalid",
    "us_bank_account[account_number]",
  );
}

const iban = "sepa_debit[iban]";
