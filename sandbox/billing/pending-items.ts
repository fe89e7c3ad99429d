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
    discountable: line.discountable,
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

/** What waits for a subscription's next invoice, oldest first: its own, and what its customer owes
 *  besides. */
export function pendingItems(
  world: World,
  subscription: ObjectOf<"subscription">,
): Row<"invoiceitem">[] {
  return customerItems(world, subscription.customer).filter(({ object }) => {
    const of = object.parent?.subscription_details?.subscription;
    const isTheirs = of === undefined && object.currency === subscription.currency;
    return of === subscription.id || isTheirs;
  });
}

/** Everything of a customer's that is on no invoice yet. */
export function customerItems(world: World, customer: string): Row<"invoiceitem">[] {
  return world.list("invoiceitem", { customer, status: "pending", order: "oldest" });
}

/** Moves a pending item onto an invoice. */
export function lineFromPending(world: World, row: Row<"invoiceitem">, invoice: string): Line {
  row.object = { ...row.object, invoice };
  world.save(row);
  return { ...lineOfItem(row.object, invoice), id: world.newId("il") };
}

/** The line an item makes, whatever else the invoice does with it. */
export function lineOfItem(item: ObjectOf<"invoiceitem">, invoice: string): Omit<Line, "id"> {
  const details = item.parent?.subscription_details;
  return {
    object: "line_item",
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    discount_amounts: [],
    discountable: item.discountable,
    discounts: item.discounts ?? [],
    invoice,
    livemode: false,
    metadata: item.metadata ?? {},
    parent: parentOf(item),
    period: item.period,
    pretax_credit_amounts: [],
    pricing: item.pricing as Line["pricing"],
    quantity: item.quantity,
    quantity_decimal: item.quantity_decimal,
    subscription: details?.subscription ?? null,
    subtotal: item.amount,
    taxes: [],
  };
}

function parentOf(item: ObjectOf<"invoiceitem">): Line["parent"] {
  const details = item.parent?.subscription_details;
  if (item.proration) {
    return {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: item.id,
        proration: true,
        proration_details: { credited_items: null },
        subscription: details?.subscription ?? null,
        subscription_item: details?.subscription_item ?? "",
      },
      type: "subscription_item_details",
    };
  }
  return {
    invoice_item_details: {
      invoice_item: item.id,
      proration: false,
      proration_details: { credited_items: null },
      subscription: details?.subscription ?? null,
    },
    subscription_item_details: null,
    type: "invoice_item_details",
  };
}

/** The item a line came from, if it came from one. */
export function itemOfLine({ parent }: Line): string | null {
  return (
    parent?.invoice_item_details?.invoice_item ??
    parent?.subscription_item_details?.invoice_item ??
    null
  );
}
