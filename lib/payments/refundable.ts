import { type Currency, isCurrency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";
import { findInvoice } from "#lib/payments/find-invoice";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** A payment of an invoice, and what of it can still be given back. */
export type Refundable = { intentId: string; paid: Money; left: Money; isDisputed: boolean };

/** The payments of an invoice as Stripe has them this moment, to be given back in part or whole. */
export async function listRefundable(
  ctx: PlatformContext,
  { invoiceId }: { invoiceId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<Refundable[]> {
  requirePlatform(ctx, "invoices:read");
  const { id } = await findInvoice(ctx, invoiceId);
  const charges = await gateway.listPaidCharges(id);
  return charges.flatMap(({ intentId, currency, amount, refunded, isDisputed }) => {
    if (!isCurrency(currency)) return [];
    const of = (minor: number) => money(BigInt(minor), currency satisfies Currency);
    return [{ intentId, isDisputed, paid: of(amount), left: of(amount - refunded) }];
  });
}
