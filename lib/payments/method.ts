import type { MethodWords } from "#lib/billing/invoice-payments";
import type { StripePaymentMethod } from "#lib/stripe/gateway-customers";

/** A payment method as its owner knows it. */
export type Method = MethodWords & {
  id: string;
  isDefault: boolean;
  /** The card's last month; null for what does not expire. */
  expiry: { month: number; year: number } | null;
  /** How its end stands: gone, within the next month, or far. */
  expires: "expired" | "soon" | "later" | "never";
  wallet: string | null;
  name: string | null;
};

export function toMethod(method: StripePaymentMethod, defaultId: string | null, now: Date): Method {
  const { id, type, card, billing_details: billing } = method;
  const inner = (method as unknown as Record<string, unknown>)[type];
  const { last4, bank_name: bank } = (inner ?? {}) as Record<string, string | null>;
  const expiry = card ? { month: card.exp_month, year: card.exp_year } : null;
  return {
    ...{ id, type, expiry, isDefault: id === defaultId },
    brand: card?.display_brand ?? card?.brand ?? bank ?? null,
    last4: last4 ?? null,
    expires: expiry ? standingOf(expiry, now) : "never",
    wallet: card?.wallet?.type ?? null,
    name: billing.name,
  };
}

/** A card is good through the last day of its month. */
function standingOf(
  { month, year }: { month: number; year: number },
  now: Date,
): Method["expires"] {
  const monthsLeft = (year - now.getUTCFullYear()) * 12 + (month - 1 - now.getUTCMonth());
  if (monthsLeft < 0) return "expired";
  return monthsLeft <= 1 ? "soon" : "later";
}
