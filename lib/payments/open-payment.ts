import { env } from "#lib/env";
import { Refusal } from "#lib/errors";
import { convergeInvoice } from "#lib/payments/converge-invoice";
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

/** What the browser needs to speak to Stripe by itself. */
export type BrowserKeys = { publishableKey: string; scriptUrl: string | null };

/** The local Stripe has a script of its own; Stripe's is loaded from Stripe. */
export function browserKeys(): BrowserKeys {
  const { STRIPE_PUBLISHABLE_KEY: publishableKey, STRIPE_API_BASE: base } = env();
  return { publishableKey, scriptUrl: base ? new URL("/_js/stripe.js", base).href : null };
}

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
  { invoiceId }: { invoiceId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<PayOutcome> {
  requirePermission(ctx, "billing:update");
  await requireOwnInvoice(ctx, invoiceId);
  const standing = await standingOf(gateway, invoiceId);
  await convergeInvoice(ctx, invoiceId, standing);
  return outcomeOf(standing, null);
}
