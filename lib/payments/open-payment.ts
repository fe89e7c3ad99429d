import { Refusal } from "#lib/errors";
import { type BrowserKeys, browserKeys } from "#lib/payments/browser-keys";
import { convergeInvoice } from "#lib/payments/converge-invoice";
import { keepForPlan } from "#lib/payments/keep-method";
import {
  notPayable,
  outcomeOf,
  type PayOutcome,
  requireOwnInvoice,
  settledAs,
  standingOf,
} from "#lib/payments/pay-invoice";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** Opens the payment of an invoice for details that the payer types at Stripe, never with us. */
export async function openPayment(
  ctx: TenantContext,
  { invoiceId }: { invoiceId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<BrowserKeys & { clientSecret: string }> {
  requirePermission(ctx, "billing:update");
  await requireOwnInvoice(ctx, invoiceId);
  const standing = await standingOf(gateway, invoiceId);
  const settled = settledAs(standing);
  if (settled) {
    throw new Refusal(
      "conflict",
      settled.kind === "paid"
        ? "This invoice is paid already."
        : "A payment of this invoice is on its way already. It takes a bank some days.",
    );
  }
  if (!standing.clientSecret) throw notPayable(standing);
  return { clientSecret: standing.clientSecret, ...browserKeys() };
}

/** After the browser was at Stripe: how the payment stands, with our pages brought up to it. */
export async function settlePayment(
  ctx: TenantContext,
  { invoiceId, forPlan }: { invoiceId: string; forPlan: boolean },
  gateway: StripeGateway = stripeGateway(),
): Promise<PayOutcome> {
  requirePermission(ctx, "billing:update");
  await requireOwnInvoice(ctx, invoiceId);
  const standing = await standingOf(gateway, invoiceId);
  await convergeInvoice(ctx, invoiceId, standing);
  if (forPlan) await keepForPlan(ctx, gateway, standing);
  return outcomeOf(standing, null);
}
