import { view } from "#lib/db/transaction";
import { isCurrency } from "#lib/money/currency";
import { findRates } from "#lib/rater/check-invoice";
import { type Judgement, judgeInvoice } from "#lib/rater/judge-invoice";
import { readKnowledge } from "#lib/rater/read-knowledge";
import type { BilledInvoice } from "#lib/stripe/billed-invoice";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/**
 * Works out what Stripe says a change would bill, so that it can be said whether both agree. Null
 * where it is in a currency we do not price in. Keeps nothing.
 */
export async function ratePreview(
  ctx: TenantContext,
  preview: BilledInvoice,
  gateway: StripeGateway = stripeGateway(),
): Promise<Judgement | null> {
  requirePermission(ctx, "billing:read");

  if (!isCurrency(preview.currency)) return null;
  const rates = await findRates(preview, gateway);
  const knowledge = await view(ctx, (tx) => readKnowledge(tx, preview, ctx.tenantId, rates));
  return judgeInvoice(preview, knowledge);
}
