import { billingSettings } from "#sandbox/billing/billing-settings";
import { StripeError } from "#sandbox/protocol/errors";
import { runToNextInvoice } from "#sandbox/resources/next-invoice";
import type { World } from "#sandbox/world/world";

/** Announces what a subscription will bill in some days. The invoice is not there yet, so it has no
 *  id. */
export function warnOfInvoice(world: World, id: string): void {
  const row = world.find("subscription", id);
  if (row === undefined || billingSettings(world).upcoming_days === null) return;
  if (!["active", "past_due", "trialing"].includes(row.object.status)) return;
  try {
    const drafted = world.database.rehearse(() => runToNextInvoice(world, id));
    const { id: _id, ...invoice } = drafted;
    world.emit("invoice.upcoming", { ...invoice, billing_reason: "upcoming" });
  } catch (error) {
    // Nothing will be billed: it ends before.
    if (!(error instanceof StripeError)) throw error;
  }
}

/** Says that an invoice somebody must pay will soon be due. */
export function warnOfDueDate(world: World, id: string): void {
  const row = world.find("invoice", id);
  if (row?.object.status === "open") world.emit("invoice.will_be_due", row.object);
}
