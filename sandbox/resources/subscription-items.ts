import { billChanges, type ProrationBehavior } from "#sandbox/billing/bill-changes";
import { changeSubscription } from "#sandbox/billing/change-subscription";
import { countFrom, isOfUsage, leavingUsage } from "#sandbox/billing/counted-usage";
import { giveDiscounts } from "#sandbox/billing/discounts";
import { withPrices } from "#sandbox/billing/inline-price";
import {
  addItem,
  checkedPrices,
  itemsOf,
  type NewItem,
  noteDebit,
  planOf,
  scheduleNext,
} from "#sandbox/billing/items";
import { fullPrice, isMetered, type Line } from "#sandbox/billing/lines";
import { prorationDate, prorationLines } from "#sandbox/billing/prorate-item";
import { changesCycle, restartCycle } from "#sandbox/billing/restart-cycle";
import { ratesNamed } from "#sandbox/billing/tax-rates";
import { invalidRequest, noSuch } from "#sandbox/protocol/errors";
import { integer, oneOf, type Params, type Shape, text } from "#sandbox/protocol/params";
import { get, mergeMetadata } from "#sandbox/protocol/route";
import { type itemChangeFields, itemTerms } from "#sandbox/resources/subscription-item-fields";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

/** How a change in the middle of a period is billed. */
export const behaviors = oneOf(["always_invoice", "create_prorations", "none"]);

/** What updating an item by its own URL takes. */
export const updateItemFields = {
  ...itemTerms,
  payment_behavior: text,
  proration_behavior: behaviors,
  proration_date: integer,
} satisfies Shape;

type ItemChange = Params<typeof itemChangeFields> & Pick<NewItem, "isInline">;

/** How a change in the middle of a period is prorated, and as of when. */
export interface Proration {
  behavior?: ProrationBehavior | undefined;
  date?: number | undefined;
  /** Whether the cycle starts anew with the change, which is then billed once and whole. */
  restarts?: boolean;
}

/** Changes one item by its own URL. */
export function updateItem(
  world: World,
  item: Row<"subscription_item">,
  params: Params<typeof updateItemFields>,
): unknown {
  const row = get(world, "subscription", item.object.subscription);
  const { proration_behavior, proration_date, payment_behavior: _, ...sent } = params;
  refuseEnded(row);
  const how = { behavior: proration_behavior, date: proration_date };
  changeItems(world, row, [{ ...sent, id: item.object.id }], how);
  return show(world, get(world, "subscription_item", item.object.id).object);
}

/** Adds an item by a URL of its own. */
export function createItem(
  world: World,
  row: Row<"subscription">,
  params: Params<typeof updateItemFields>,
): void {
  const { proration_behavior, proration_date, payment_behavior: _, ...sent } = params;
  refuseEnded(row);
  changeItems(world, row, [sent], { behavior: proration_behavior, date: proration_date });
}

/** Takes an item away by its own URL; a subscription keeps one at least. */
export function removeItem(
  world: World,
  { id, subscription }: ObjectOf<"subscription_item">,
  how: Proration,
): void {
  const row = get(world, "subscription", subscription);
  refuseEnded(row);
  changeItems(world, row, [{ id, deleted: true }], how);
}

function refuseEnded({ object: { status } }: Row<"subscription">): void {
  if (status !== "canceled" && status !== "incomplete_expired") return;
  const message = "A canceled subscription's items can no longer be changed.";
  throw invalidRequest(message, "subscription_canceled", "subscription");
}

/** Adds, changes and removes items, and bills what that comes to. */
export function changeItems(
  world: World,
  row: Row<"subscription">,
  changes: readonly ItemChange[],
  { behavior = "create_prorations", date, restarts: isAsked = false }: Proration,
): void {
  const shown = show(world, row.object).items as ObjectOf<"subscription">["items"];
  const before = itemsOf(world, row.object.id);
  const prorates = behavior !== "none" && row.object.status !== "trialing";
  const at = prorationDate(before, world.now(), date);
  const lines = changes.flatMap((sent, place) =>
    changeItem(world, row, pricedIn(world, sent), place, { prorates, at }),
  );
  const after = itemsOf(world, row.object.id);
  if (after.length === 0) {
    throw invalidRequest("A subscription must have at least one active plan.", undefined, "items");
  }
  const restarts = row.object.status !== "trialing" && (isAsked || changesCycle(before, after));
  const unused = before.flatMap((item) => prorationLines(world, item, null, at));
  const credits = prorates ? [...unused, ...lines.filter((line) => isOfUsage(world, line))] : [];
  const invoice = restarts
    ? restartCycle(world, row, credits)
    : billChanges(world, row.object, prorates ? lines : [], behavior);
  // A payment that failed just now has made it past due.
  Object.assign(row, get(world, "subscription", row.object.id));
  changeSubscription(world, row, invoice === undefined ? {} : { latest_invoice: invoice }, {
    items: shown,
  });
  scheduleNext(world, row.object);
}

// A price that came with the change is made first.
function pricedIn(world: World, sent: ItemChange): ItemChange {
  if (sent.price_data === undefined) return sent;
  const [priced = sent] = withPrices(world, [sent], "items");
  return priced;
}

function changeItem(
  world: World,
  row: Row<"subscription">,
  sent: ItemChange,
  place: number,
  { prorates, at }: { prorates: boolean; at: number },
): Line[] {
  const { id, deleted } = sent;
  if (id === undefined) {
    const added = addNewItem(world, row, sent, { place, at: prorates ? at : world.now() });
    const lines = prorationLines(world, null, added, at);
    if (prorates) noteDebit(world, added);
    return lines;
  }
  const before = get(world, "subscription_item", id, `items[${place}][id]`);
  if (before.object.subscription !== row.object.id) {
    throw noSuch("subscription_item", id, `items[${place}][id]`);
  }
  if (deleted) {
    world.remove(before);
    return [...leavingUsage(world, before, at), ...prorationLines(world, before, null, at)];
  }
  const item = { ...before, object: changedItem(world, row, before.object, sent) };
  world.save(item);
  const isSame =
    item.object.price.id === before.object.price.id &&
    item.object.quantity === before.object.quantity;
  if (isSame) return [];
  const isOther = item.object.price.id !== before.object.price.id;
  const used = isOther ? leavingUsage(world, before, at) : [];
  const lines = [...used, ...prorationLines(world, before, item, at)];
  if (prorates) noteDebit(world, item);
  countFrom(world, before, item, at);
  return lines;
}

function addNewItem(
  world: World,
  row: Row<"subscription">,
  { price, quantity, metadata: meta, discounts, ...terms }: ItemChange,
  { place, at }: { place: number; at: number },
): Row<"subscription_item"> {
  if (price === undefined) throw missingPrice(place);
  const { isInline = false, tax_rates: rates, billing_thresholds: thresholds } = terms;
  checkPrice(world, { price, isInline, ...(quantity === undefined ? {} : { quantity }) }, row);
  return addItem(
    world,
    row.object,
    {
      price,
      ...(quantity === undefined ? {} : { quantity }),
      ...(meta === undefined ? {} : { metadata: meta }),
      ...(discounts ? { discounts } : {}),
      ...(rates ? { tax_rates: rates } : {}),
      ...(thresholds ? { billing_thresholds: thresholds } : {}),
    },
    row.object.status === "trialing" ? row.object.trial_end : null,
    at,
  );
}

function changedItem(
  world: World,
  row: Row<"subscription">,
  before: ObjectOf<"subscription_item">,
  { price, quantity, metadata: meta, discounts, ...terms }: ItemChange,
): ObjectOf<"subscription_item"> {
  const { isInline = false, tax_rates: rates, billing_thresholds: thresholds } = terms;
  const asked = quantity === undefined ? {} : { quantity };
  if (price !== undefined) checkPrice(world, { price, isInline, ...asked }, row);
  const next = price === undefined ? before.price : fullPrice(world, price);
  if (quantity !== undefined && isMetered({ ...before, price: next })) {
    throw invalidRequest("Quantity should not be specified where usage_type is `metered`.");
  }
  const { customer, currency } = row.object;
  const owner = { subscription: row.object.id, subscription_item: before.id };
  const { quantity: held, ...kept } = before;
  // Another price begins with a quantity of one, unless one is named.
  const count = quantity ?? (next.id === before.price.id ? held : 1);
  return {
    ...kept,
    ...(discounts === undefined
      ? {}
      : { discounts: giveDiscounts(world, discounts ?? [], owner, { customer, currency }) }),
    metadata: mergeMetadata(before.metadata, meta),
    plan: planOf(next),
    price: next,
    ...(count === undefined || next.recurring?.usage_type === "metered" ? {} : { quantity: count }),
    ...(rates === undefined ? {} : { tax_rates: ratesNamed(world, rates ?? [], "tax_rates") }),
    ...(thresholds === undefined ? {} : { billing_thresholds: thresholds }),
  };
}

function checkPrice(world: World, item: NewItem, { object }: Row<"subscription">): void {
  checkedPrices(world, [item], "items", { asked: object.currency });
}

function missingPrice(place: number) {
  const param = `items[${place}][price]`;
  return invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);
}
