import { collectInvoice, methodFor } from "#sandbox/billing/collect-invoice";
import { draftInvoice } from "#sandbox/billing/draft-invoice";
import { finalizeInvoice } from "#sandbox/billing/finalize-invoice";
import type { Line } from "#sandbox/billing/lines";
import { keepPending } from "#sandbox/billing/pending-items";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

/** Why a subscription is billed between its periods. */
export type BillReason = "subscription_threshold" | "subscription_update";

/** What becomes of a change in the middle of a period. */
export type ProrationBehavior = "always_invoice" | "create_prorations" | "none";

/** Keeps proration lines for the next invoice, bills them now, or drops them. Answers the invoice
 *  that was made, if one was. */
export function billChanges(
  world: World,
  subscription: ObjectOf<"subscription">,
  lines: Line[],
  behavior: ProrationBehavior,
): string | undefined {
  if (behavior === "none" || lines.length === 0) return undefined;
  keepAll(world, subscription, lines);
  return behavior === "create_prorations" ? undefined : billNow(world, subscription, []);
}

/** Bills some lines, and all that waits, in this very call. */
export function billNow(
  world: World,
  subscription: ObjectOf<"subscription">,
  lines: Line[],
  reason: BillReason = "subscription_update",
): string | undefined {
  const customer = world.find("customer", subscription.customer);
  if (customer === undefined) return undefined;
  const invoice = draftInvoice(world, {
    subscription,
    customer: customer.object,
    reason,
    lines,
    period: { start: world.now(), end: world.now() },
    takesPending: true,
  });
  finalizeInvoice(world, invoice);
  const method = methodFor(world, invoice);
  if (invoice.object.status === "open" && method !== undefined) {
    collectInvoice(world, invoice, method, { isOffSession: true, isAuthenticated: false });
  }
  return invoice.object.id;
}

/** Keeps lines for the next invoice. */
export function keepAll(world: World, subscription: ObjectOf<"subscription">, lines: Line[]): void {
  const customer = world.find("customer", subscription.customer);
  if (customer === undefined) return;
  for (const line of lines) keepPending(world, customer.object, line);
}
