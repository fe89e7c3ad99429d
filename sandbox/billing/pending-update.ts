import { announce } from "#sandbox/billing/announce-subscription";
import { voidInvoice } from "#sandbox/billing/collect-invoice";
import { endDiscount } from "#sandbox/billing/discounts";
import { itemsOf, scheduleNext } from "#sandbox/billing/items";
import type { KeptPendingUpdate } from "#sandbox/store/billing-kept";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

type Item = Row<"subscription_item">;
const hoursToPay = 23;

/** A change was billed and not paid: undoes it, and keeps it until its invoice is paid, with the
 *  discounts that came with it. */
export function holdUpdate(
  world: World,
  row: Row<"subscription">,
  before: readonly Item[],
  discountsBefore: readonly string[],
): void {
  const after = itemsOf(world, row.object.id);
  const invoice = row.object.latest_invoice ?? "";
  const isIn = (items: readonly Item[], id: string) => items.some((item) => item.object.id === id);
  const kept: KeptPendingUpdate = {
    id: pendingId(row.object.id),
    object: "local.pending_update",
    invoice,
    items: Object.fromEntries(after.map((item) => [item.object.id, frozen(item)])),
    added: after.map(({ object }) => object.id).filter((id) => !isIn(before, id)),
    removed: before.map(({ object }) => object.id).filter((id) => !isIn(after, id)),
  };
  const shown = after.map(({ object }) => show(world, object)) as unknown;
  for (const item of after) if (kept.added.includes(item.object.id)) world.remove(item);
  for (const item of before) {
    world.save(item);
    if (kept.removed.includes(item.object.id)) world.restore(item);
  }
  const known = world.find("local.pending_update", kept.id);
  if (known === undefined) world.insert("local.pending_update", kept, {}, world.now());
  else world.save({ ...known, object: kept });
  const expires = world.now() + hoursToPay * 3600;
  const { discounts } = row.object;
  const isOther = JSON.stringify(discounts) !== JSON.stringify(discountsBefore);
  row.object = {
    ...row.object,
    discounts: [...discountsBefore],
    pending_update: {
      billing_cycle_anchor: null,
      cancel_at_period_end: null,
      discount: null,
      discounts: isOther ? discounts : null,
      expires_at: expires,
      metadata: null,
      subscription_items: shown as ObjectOf<"subscription_item">[],
      trial_end: null,
      trial_from_plan: null,
    },
    status: row.object.status === "past_due" ? "active" : row.object.status,
  };
  world.save(row);
  scheduleNext(world, row.object);
  world.schedule("subscription.expire-pending-update", row.object.id, expires);
}

/** The invoice of a held change was paid: the change is made. */
export function applyPendingUpdate(
  world: World,
  row: Row<"subscription">,
  paidInvoice: string,
): void {
  const held = world.find("local.pending_update", pendingId(row.object.id));
  if (held === undefined || held.object.invoice !== paidInvoice) return;
  for (const [id, { json, hidden }] of Object.entries(held.object.items)) {
    const item = world.find("subscription_item", id);
    if (item === undefined) continue;
    item.object = JSON.parse(json) as Item["object"];
    item.hidden = JSON.parse(hidden) as Item["hidden"];
    world.save(item);
    if (held.object.added.includes(id)) world.restore(item);
  }
  for (const id of held.object.removed) {
    const item = world.find("subscription_item", id);
    if (item !== undefined) world.remove(item);
  }
  takeOver(world, row);
  release(world, row);
  scheduleNext(world, row.object);
  announce(world, "customer.subscription.pending_update_applied", row.object);
}

/** Nobody paid for a held change: it is forgotten and its invoice void. */
export function expirePendingUpdate(world: World, id: string): void {
  const row = world.find("subscription", id);
  const held = world.find("local.pending_update", pendingId(id));
  if (row === undefined || held === undefined || row.object.pending_update === null) return;
  const invoice = world.find("invoice", held.object.invoice);
  if (invoice?.object.status === "open") voidInvoice(world, invoice);
  endWaiting(world, row);
  release(world, row);
  announce(world, "customer.subscription.pending_update_expired", row.object);
}

/**
 * Voiding its invoice drops a held change:
 * https://docs.stripe.com/billing/subscriptions/pending-updates-reference
 */
export function dropPendingUpdate(
  world: World,
  row: Row<"subscription">,
  voidedInvoice: string,
): void {
  const held = world.find("local.pending_update", pendingId(row.object.id));
  const { pending_update } = row.object;
  if (pending_update === null || held?.object.invoice !== voidedInvoice) return;
  endWaiting(world, row);
  release(world, row);
  announce(world, "customer.subscription.updated", row.object, { pending_update });
}

function endWaiting(world: World, row: Row<"subscription">): void {
  for (const discount of waitingDiscounts(row)) {
    if (!row.object.discounts.includes(discount)) endDiscount(world, discount);
  }
}

// One for a single invoice may be used up by the very invoice that was waited for.
function takeOver(world: World, row: Row<"subscription">): void {
  if (row.object.pending_update?.discounts === null) return;
  const before = row.object.discounts;
  const discounts = waitingDiscounts(row).filter((id) => {
    return world.find("discount", id)?.isDeleted === false;
  });
  row.object = { ...row.object, discounts };
  for (const old of before) if (!discounts.includes(old)) endDiscount(world, old);
}

function waitingDiscounts({ object }: Row<"subscription">): string[] {
  return (object.pending_update?.discounts ?? []) as string[];
}

function release(world: World, row: Row<"subscription">): void {
  world.unschedule("subscription.expire-pending-update", row.object.id);
  row.object = { ...row.object, pending_update: null };
  world.save(row);
}

function frozen(item: Item) {
  return { json: JSON.stringify(item.object), hidden: JSON.stringify(item.hidden) };
}

function pendingId(subscription: string): string {
  return `pend_${subscription}`;
}
