import type { Tx } from "#lib/db/client";
import type { StripeCharge, Sum } from "#lib/disputes/dispute";
import type { Texts } from "#lib/disputes/evidence";

/** The payment a dispute is about, as far as our mirrors know it. */
export type DisputedPayment = {
  chargeId: string;
  paymentIntentId: string | null;
  amount: Sum;
  /** What was given back of it, and when first; the bank should hear of that. */
  refunded: Sum;
  refundedAt: Date | null;
  paidAt: Date;
  method: string;
  description: string | null;
  customerId: string | null;
  customerName: string | null;
  customerEmail: string | null;
  /** What the platform passed on of it, and has taken back since. */
  passedOn: { transferId: string; amount: Sum; reversed: Sum } | null;
};

/** Reads a payment off its charge, its refunds and its transfer. */
export async function paymentOf(
  tx: Tx,
  account: string,
  charge: StripeCharge,
): Promise<DisputedPayment> {
  const { currency, billing_details: payer } = charge;
  const sum = (minor: number) => ({ minor: BigInt(minor), currency });
  const refund = await tx.stripeRefund.findFirst({
    where: { account, chargeId: charge.id, status: { in: ["succeeded", "pending"] } },
    orderBy: { createdAt: "asc" },
  });
  return {
    chargeId: charge.id,
    paymentIntentId: idIn(charge.payment_intent),
    amount: sum(charge.amount_captured),
    refunded: sum(charge.amount_refunded - (charge.amount - charge.amount_captured)),
    refundedAt: refund?.createdAt ?? null,
    paidAt: new Date(charge.created * 1000),
    method: methodOf(charge),
    description: charge.description,
    customerId: idIn(charge.customer),
    customerName: payer.name,
    customerEmail: payer.email ?? charge.receipt_email,
    passedOn: account === "" ? await passedOnOf(tx, charge.id) : null,
  };
}

/** What the payment itself says of who paid for what; nothing is guessed. */
export function suggestedBy(charge: StripeCharge): Texts {
  const { billing_details: payer, description, created, receipt_email: receipt } = charge;
  const { line1, line2, postal_code: code, city, state, country } = payer.address ?? {};
  const address = [line1, line2, [code, city].filter(Boolean).join(" "), state, country]
    .filter(Boolean)
    .join(", ");
  const known = {
    customer_name: payer.name,
    customer_email_address: payer.email ?? receipt,
    billing_address: line1 ? address : null,
    product_description: description,
    service_date: new Date(created * 1000).toISOString().slice(0, 10),
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value));
}

async function passedOnOf(tx: Tx, chargeId: string): Promise<DisputedPayment["passedOn"]> {
  const row = await tx.stripeTransfer.findFirst({
    where: { account: "", sourceTransactionId: chargeId, isDeleted: false },
    orderBy: { createdAt: "asc" },
  });
  if (!row || row.currency === null || row.amountMinor === null) return null;
  const { id, currency, amountMinor, amountReversedMinor } = row;
  return {
    transferId: id,
    amount: { minor: amountMinor, currency },
    reversed: { minor: amountReversedMinor ?? 0n, currency },
  };
}

function methodOf({ payment_method_details: paid }: StripeCharge): string {
  const { brand, last4 } = paid?.card ?? {};
  if (brand && last4) return `${brand.charAt(0).toUpperCase()}${brand.slice(1)} •••• ${last4}`;
  return (paid?.type ?? "unknown").replaceAll("_", " ");
}

function idIn(reference: string | { id: string } | null): string | null {
  return typeof reference === "string" ? reference : (reference?.id ?? null);
}
