import type { ChangeInput } from "#lib/billing/change-input";
import { type Agrees, type ChangePreview, drawUp } from "#lib/billing/change-preview";
import { readStanding } from "#lib/billing/change-standing";
import { draftChange } from "#lib/billing/draft-change";
import { refuseStripesNo } from "#lib/billing/stripes-no";
import { ratePreview } from "#lib/rater/rate-preview";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** Shows exactly what a change bills, now and next, as Stripe draws it up. Decides nothing. */
export async function previewChange(
  ctx: TenantContext,
  input: ChangeInput,
  gateway: StripeGateway = stripeGateway(),
): Promise<ChangePreview> {
  requirePermission(ctx, "billing:update");

  const standing = await readStanding(ctx, gateway);
  const draft = await draftChange(ctx, standing, input, ctx.now(), gateway);
  const agrees: Agrees = async (billed) =>
    (await ratePreview(ctx, billed, gateway))?.verdict === "equal";
  return drawUp(standing.live, draft, gateway, agrees).catch(refuseStripesNo);
}
