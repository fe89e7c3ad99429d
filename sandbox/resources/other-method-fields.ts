import { type OtherType, otherMethods } from "#sandbox/payments/other-methods";
import { invalidRequest } from "#sandbox/protocol/errors";
import { oneOf, type Shape, shape, text, unbuilt } from "#sandbox/protocol/params";
import type { ObjectOf } from "#sandbox/store/kinds";

/** The types of payment method that are built, beside cards. */
export const otherTypes = Object.keys(otherMethods) as OtherType[];

/** What each of them takes. */
export const otherFields = {
  us_bank_account: shape({
    account_holder_type: oneOf(["company", "individual"]),
    account_number: text,
    account_type: oneOf(["checking", "savings"]),
    routing_number: text,
    financial_connections_account: unbuilt,
  }),
  sepa_debit: shape({ iban: text }),
  ideal: shape({ bank: unbuilt }),
  bancontact: shape({}),
  grabpay: shape({}),
  pix: shape({}),
} satisfies Shape;

interface Sent {
  us_bank_account?: { account_number?: string; routing_number?: string };
  sepa_debit?: { iban?: string };
}
type Billing = ObjectOf<"payment_method">["billing_details"];

/** The account behind a bank debit, or nothing for what its payer chooses on a page. A debit needs
 *  a name, and one of an IBAN an email too: both are in the notice its holder gets. */
export function numberFrom(type: OtherType, sent: Sent, billing: Billing): string {
  if (type === "us_bank_account") {
    const { account_number: number, routing_number: routing } = sent.us_bank_account ?? {};
    need(billing.name, "billing_details[name]");
    need(routing, "us_bank_account[routing_number]");
    return need(number, "us_bank_account[account_number]");
  }
  if (type !== "sepa_debit") return "";
  need(billing.name, "billing_details[name]");
  need(billing.email, "billing_details[email]");
  return need(sent.sepa_debit?.iban, "sepa_debit[iban]").replaceAll(" ", "").toUpperCase();
}

function need(value: string | null | undefined, param: string): string {
  if (value) return value;
  throw invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);
}
