import { billChanges, type ProrationBehavior } from "#sandbox/billing/bill-changes";
import { changeSubscription } from "#sandbox/billing/change-subscription";
import { addItem, checkedPrices, itemsOf, planOf, scheduleNext } from "#sandbox/billing/items";
import { fullPrice, isMetered, type Line } from "#sandbox/billing/lines";
import { prorationLines } from "#sandbox/billing/prorate-item";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  boolean,
  integer,
  metadata,
  oneOf,
  type Params,
  type Shape,
  text,
  unbuilt,
} from "#sandbox/protocol/params";
import { get, mergeMetadata } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const change = {
  metadata,
  price: text,
  quantity: integer,
  discounts: unbuilt,
  tax_rates: unbuilt,
  billing_thresholds: unbuilt,
} satisfies Shape;

/** How a change in the middle of a period is billed. */
export const behaviors = oneOf(["always_invoice", "create_prorations", "none"]);

/** What one item of a subscription update takes. */
export const itemChangeFields = { ...change, id: text, deleted: boolean } satisfies Shape;

/** What updating an item by its own URL takes. */
export const updateItemFields = {
  ...change,
  payment_behavior: text,
  proration_behavior: behaviors,
  proration_date: unbuilt,
} satisfies Shape;

type ItemChange = Params<typeof itemChangeFields>;

/** Changes one item by its own URL. */
export function updateItem(
  world: World,
  item: Row<"subscription_item">,
  params: Params<typeof updateItemFields>,
): unknown {
  const row = get(world, "subscription", item.object.subscription);
  const { proration_behavior: behavior, payment_behavior: _, ...sent } = params;
  changeItems(world, row, [{ ...sent, id: item.object.id }], behavior ?? "create_prorations");
  return show(world, get(world, "subscription_item", item.object.id).object);
}

/** Adds, changes and removes items, and bills what that comes to. */
export function changeItems(
  world: World,
  row: Row<"subscription">,
  changes: readonly ItemChange[],
  behavior: ProrationBehavior,
): void {
  const before = show(world, row.object).items as ObjectOf<"subscription">["items"];
  const isTrial = row.object.status === "trialing";
  const lines = changes.flatMap((sent, place) => changeItem(world, row, sent, place));
  if (itemsOf(world, row.object.id).length === 0) {
    throw invalidRequest("A subscription must have at least one active plan.", undefined, "items");
  }
  const invoice = billChanges(world, row.object, isTrial ? [] : lines, behavior);
  // A payment that failed just now has made it past due.
  Object.assign(row, get(world, "subscription", row.object.id));
  changeSubscription(world, row, invoice === undefined ? {} : { latest_invoice: invoice }, {
    items: before,
  });
  scheduleNext(world, row.object);
}

function changeItem(
  world: World,
  row: Row<"subscription">,
  sent: ItemChange,
  place: number,
): Line[] {
  const { id, price, quantity, metadata: meta, deleted } = sent;
  if (id === undefined) {
    if (price === undefined) throw missingPrice(place);
    checkPrice(world, price, row.object.currency, quantity);
    const added = addItem(
      world,
      row.object,
      {
        price,
        ...(quantity === undefined ? {} : { quantity }),
        ...(meta === undefined ? {} : { metadata: meta }),
      },
      row.object.status === "trialing" ? row.object.trial_end : null,
    );
    return prorationLines(world, null, added.object);
  }
  const item = get(world, "subscription_item", id, `items[${place}][id]`);
  const before = item.object;
  if (deleted) {
    world.remove(item);
    return prorationLines(world, before, null);
  }
  if (price !== undefined) checkPrice(world, price, row.object.currency, quantity);
  const next = price === undefined ? before.price : fullPrice(world, price);
  if (quantity !== undefined && isMetered({ ...before, price: next })) {
    throw invalidRequest("Quantity should not be specified where usage_type is `metered`.");
  }
  item.object = {
    ...before,
    metadata: mergeMetadata(before.metadata, meta),
    plan: planOf(next),
    price: next,
    ...(quantity === undefined ? {} : { quantity }),
  };
  world.save(item);
  const isSame = next.id === before.price.id && item.object.quantity === before.quantity;
  return isSame ? [] : prorationLines(world, before, item.object);
}

function checkPrice(world: World, price: string, currency: string, quantity?: number): void {
  const item = quantity === undefined ? { price } : { price, quantity };
  if (checkedPrices(world, [item], "items") === currency) return;
  throw invalidRequest("The price's currency is not the subscription's.", undefined, "items");
}

function missingPrice(place: number) {
  const param = `items[${place}][price]`;
  return invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);
}
