import type { ChangeView } from "#lib/billing/change-view";
import { toChange } from "#lib/billing/change-view";
import { lookAtStripe } from "#lib/billing/look-at-change";
import { recordOutcome, settleChange } from "#lib/billing/settle-change";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/**
 * Takes back what is planned for the period's end, or drops what waits for its payment: its invoice
 * is voided, and the plan stays as it is. Killed in between, Stripe's word settles it.
 */
export async function undoChange(
  ctx: TenantContext,
  { changeId }: { changeId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<ChangeView> {
  requirePermission(ctx, "billing:update");

  const change = await view(ctx, (tx) =>
    tx.subscriptionChange.findFirst({ where: { id: changeId, tenantId: ctx.tenantId } }),
  );
  if (!change) throw new Refusal("not_found", "There is no such change.");
  const key = `change:${change.id}:undo`;
  if (change.status === "scheduled" && change.scheduleId) {
    await gateway.releaseSchedule({ scheduleId: change.scheduleId, key });
  } else if (change.status === "awaiting_payment" && change.invoiceId) {
    await gateway.dropInvoice({ invoiceId: change.invoiceId, key });
  } else {
    throw new Refusal("conflict", `This change is ${change.status}: there is nothing to undo.`);
  }
  // Paid, or its day come, in the very moment: then it holds.
  const made = await lookAtStripe(change, gateway);
  await recordOutcome(ctx, change, made?.event === "apply" ? made : { event: "undo" });
  return toChange(await settleChange(ctx, { changeId }, gateway));
}
