import { type OtherType, otherMethods } from "#sandbox/payments/other-methods";
import { invalidRequest } from "#sandbox/protocol/errors";

type Mode = "payment" | "setup" | "subscription";

interface Terms {
  allowed?: readonly string[];
  excluded?: readonly string[];
  /** By the payment method configuration that was named. */
  isOffered?: (type: string) => boolean;
}

/** Which ways to pay a session offers: those that can take its currency, and for a subscription
 *  those that can be charged again. A configuration narrows them, and names that are allowed or
 *  excluded do. */
export function waysFor(
  mode: Mode,
  currency: string,
  { allowed, excluded = [], isOffered = () => true }: Terms,
): string[] {
  const others = (Object.keys(otherMethods) as OtherType[]).filter((type) => {
    const { currencies, flow } = otherMethods[type];
    const fits = (currencies as readonly string[]).includes(currency);
    return fits && (mode === "payment" || (mode === "subscription" && flow === "debit"));
  });
  const possible = ["card", ...others].filter(isOffered);
  const ways = allowed === undefined ? possible : allowed.filter((type) => isKnown(type));
  const offered = ways.filter((type) => !excluded.includes(type));
  if (offered.length > 0) return offered;
  const message = "No payment method types are left for this Checkout Session.";
  throw invalidRequest(message, undefined, "excluded_payment_method_types");
}

function isKnown(type: string): boolean {
  if (type === "card" || Object.hasOwn(otherMethods, type)) return true;
  const message = `The payment method type \`${type}\` is not built here.`;
  throw invalidRequest(message, undefined, "allowed_payment_method_types");
}
