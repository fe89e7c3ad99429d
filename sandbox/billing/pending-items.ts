import type { Line } from "#sandbox/billing/lines";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** Keeps a line until the subscription's next invoice. */
export function keepPending(
  world: World,
  customer: ObjectOf<"customer">,
  line: Line,
): Row<"invoiceitem"> {
  const object: ObjectOf<"invoiceitem"> = {
    id: world.newId("ii"),
    object: "invoiceitem",
    amount: line.amount,
    currency: line.currency,
    customer: customer.id,
    customer_account: customer.customer_account ?? null,
    date: world.now(),
    description: line.description,
    discountable: false,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: line.metadata,
    parent: {
      subscription_details: {
        subscription: line.subscription ?? "",
        subscription_item: line.parent?.subscription_item_details?.subscription_item ?? "",
      },
      type: "subscription_details",
    },
    period: line.period,
    pricing: line.pricing as ObjectOf<"invoiceitem">["pricing"],
    proration: true,
    quantity: line.quantity ?? 1,
    quantity_decimal: line.quantity_decimal ?? "1",
    tax_rates: [],
    test_clock: null,
  };
  const row = world.insert("invoiceitem", object, {}, world.now());
  world.emit("invoiceitem.created", row.object);
  return row;
}

/** What waits for a subscription's next invoice, oldest first. */
export function pendingItems(world: World, subscription: string): Row<"invoiceitem">[] {
  return world.list("invoiceitem", { parent: subscription, status: "pending", order: "oldest" });
}

/** Moves a pending item onto an invoice. */
export function lineFromPending(world: World, row: Row<"invoiceitem">, invoice: string): Line {
  row.object = { ...row.object, invoice };
  world.save(row);
  const { object } = row;
  const details = object.parent?.subscription_details;
  return {
    id: world.newId("il"),
    object: "line_item",
    amount: object.amount,
    currency: object.currency,
    description: object.description,
    discount_amounts: [],
    discountable: false,
    discounts: [],
    invoice,
    livemode: false,
    metadata: object.metadata ?? {},
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: object.id,
        proration: true,
        proration_details: { credited_items: null },
        subscription: details?.subscription ?? null,
        subscription_item: details?.subscription_item ?? "",
      },
      type: "subscription_item_details",
    },
    period: object.period,
    pretax_credit_amounts: [],
    pricing: object.pricing as Line["pricing"],
    quantity: object.quantity,
    quantity_decimal: object.quantity_decimal,
    subscription: details?.subscription ?? null,
    subtotal: object.amount,
    taxes: [],
  };
}
