import { changeSubscription } from "#sandbox/billing/change-subscription";
import { draftInvoice } from "#sandbox/billing/draft-invoice";
import { scheduleBilling } from "#sandbox/billing/items";
import { pendingItems } from "#sandbox/billing/pending-items";
import { finalizeLater } from "#sandbox/billing/start-subscription";
import { nextBoundary } from "#sandbox/money/calendar";
import type { ObjectOf } from "#sandbox/store/kinds";
import { liveStatuses } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

/** Bills what waits for a subscription's next invoice before its period ends. Nothing waiting is no
 *  invoice. */
export function billPending(world: World, id: string): void {
  const row = world.find("subscription", id);
  const every = row?.object.pending_invoice_item_interval ?? null;
  if (row === undefined || every === null || !liveStatuses.includes(row.object.status)) return;
  const customer = world.find("customer", row.object.customer);
  const isOwed = pendingItems(world, row.object).length > 0;
  const changes: Partial<ObjectOf<"subscription">> = {
    next_pending_invoice_item_invoice: nextBoundary(
      row.object.billing_cycle_anchor,
      every,
      world.now(),
    ),
  };
  if (isOwed && customer !== undefined) {
    const invoice = draftInvoice(world, {
      subscription: row.object,
      customer: customer.object,
      reason: "automatic_pending_invoice_item_invoice",
      lines: [],
      period: { start: world.now(), end: world.now() },
      takesPending: true,
    });
    finalizeLater(world, invoice);
    changes.latest_invoice = invoice.object.id;
  }
  changeSubscription(world, row, changes);
  scheduleBilling(world, row.object);
}
