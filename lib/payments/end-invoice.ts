import { Refusal } from "#lib/errors";
import { findInvoice } from "#lib/payments/find-invoice";
import type { EndInvoiceInput } from "#lib/payments/input";
import type { MoneyActView } from "#lib/payments/money-act";
import { runAct } from "#lib/payments/run-act";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

type Ask = EndInvoiceInput & { invoiceId: string };

/** Takes an unpaid invoice back, as if it had not been asked for. What was paid cannot be. */
export async function voidInvoice(
  ctx: PlatformContext,
  input: Ask,
  gateway: StripeGateway = stripeGateway(),
): Promise<MoneyActView> {
  requirePlatform(ctx, "money:update");

  return endInvoice(ctx, input, "void", ["open", "uncollectible"], gateway);
}

/** Says that nobody will pay an open invoice. It can still be paid, should they. */
export async function markUncollectible(
  ctx: PlatformContext,
  input: Ask,
  gateway: StripeGateway = stripeGateway(),
): Promise<MoneyActView> {
  requirePlatform(ctx, "money:update");

  return endInvoice(ctx, input, "mark_uncollectible", ["open"], gateway);
}

async function endInvoice(
  ctx: PlatformContext,
  { invoiceId, key, why }: Ask,
  kind: "void" | "mark_uncollectible",
  from: readonly string[],
  gateway: StripeGateway,
): Promise<MoneyActView> {
  const { tenantId } = await findInvoice(ctx, invoiceId);
  return runAct(ctx, gateway, { key, kind, about: invoiceId }, async () => {
    const standing = await gateway.findInvoiceStanding(invoiceId);
    if (!standing) throw new Refusal("gone", "Stripe no longer has this invoice.");
    if (!from.includes(standing.status)) throw new Refusal("conflict", whyNot(standing.status));
    if (standing.payments.some(({ intentStatus }) => intentStatus === "processing")) {
      const message = "A payment of it is on its way at the bank. Wait until that is decided.";
      throw new Refusal("conflict", message);
    }
    return { tenantId, invoiceId, reason: why, ask: { invoiceId } };
  });
}

function whyNot(status: string): string {
  if (status === "paid") return "This invoice is paid. Credit it, or refund its payment.";
  if (status === "draft") return "This invoice is a draft still; it is final within the hour.";
  return `This invoice is ${status} already.`;
}
