import { priceInvoice } from "#sandbox/billing/price-invoice";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** Whether tax is left to Stripe and nobody knows where the customer is. */
export function lacksLocation(invoice: ObjectOf<"invoice">): boolean {
  return invoice.automatic_tax.status === "requires_location_inputs";
}

/** Says on a draft why it did not become final by itself, and with what it can. */
export function noteLacking(world: World, row: Row<"invoice">): ObjectOf<"invoice"> {
  const address = world.find("customer", row.object.customer ?? "")?.object.address ?? null;
  const priced = priceInvoice(world, { ...row.object, customer_address: address });
  row.object = {
    ...priced,
    auto_advance: false,
    automatically_finalizes_at: null,
    last_finalization_error: {
      code: "customer_tax_location_invalid",
      message: "The customer's location isn't recognized.",
      type: "invalid_request_error",
    },
  };
  world.save(row);
  return row.object;
}
