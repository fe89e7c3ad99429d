import { Refusal } from "#lib/errors";
import { type Currency, isCurrency } from "#lib/money/currency";
import { formatMoney } from "#lib/money/format-money";
import { money } from "#lib/money/money";
import { findInvoice } from "#lib/payments/find-invoice";
import type { RefundInput } from "#lib/payments/input";
import type { MoneyActView } from "#lib/payments/money-act";
import { runAct } from "#lib/payments/run-act";
import { toStripeAmount } from "#lib/stripe/amounts";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { PaidCharge } from "#lib/stripe/gateway-invoices";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/**
 * Gives back some or all of a payment of an invoice, never more than is left of it. The invoice
 * stays paid; what was sold less is a credit note's to say.
 */
export async function refundPayment(
  ctx: PlatformContext,
  { invoiceId, ...input }: RefundInput & { invoiceId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<MoneyActView> {
  requirePlatform(ctx, "money:update");
  const { tenantId } = await findInvoice(ctx, invoiceId);
  const { key, why, intentId, minor, seenMinor, reason } = input;
  return runAct(ctx, gateway, { key, kind: "refund", about: invoiceId }, async () => {
    const charges = await gateway.listPaidCharges(invoiceId);
    const charge = charges.find((one) => one.intentId === intentId);
    const currency = requireRefundable(charge, { minor, seenMinor });
    return {
      ...{ tenantId, invoiceId, reason: why, amount: money(minor, currency) },
      ask: { intentId, amount: toStripeAmount(money(minor, currency)), ...(reason && { reason }) },
    };
  });
}

function requireRefundable(
  charge: PaidCharge | undefined,
  { minor, seenMinor }: Pick<RefundInput, "minor" | "seenMinor">,
): Currency {
  if (!charge) throw new Refusal("not_found", "This invoice has no such payment.");
  const { currency, isDisputed } = charge;
  if (!isCurrency(currency)) {
    throw new Refusal("conflict", "Refund payments in this currency at Stripe.");
  }
  if (isDisputed) {
    const message = "This payment is disputed: the bank decides, and a refund could pay it twice.";
    throw new Refusal("conflict", message);
  }
  const left = BigInt(charge.amount - charge.refunded);
  const words = formatMoney(money(left, currency));
  if (left === 0n) throw new Refusal("conflict", "All of this payment was given back already.");
  if (minor > left) {
    throw new Refusal("invalid", `At most ${words} can still be given back.`, { field: "minor" });
  }
  if (left !== seenMinor) {
    const message = `Somebody else gave some of it back meanwhile: ${words} is left. Look again.`;
    throw new Refusal("conflict", message, { field: "seenMinor" });
  }
  return currency;
}
