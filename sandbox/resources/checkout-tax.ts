import { invalidRequest } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";

type Customer = ObjectOf<"customer">;

interface Sent {
  automatic_tax?: { enabled: boolean } | undefined;
  tax_id_collection?: { enabled: boolean } | undefined;
  customer_update?: { address?: string; name?: string } | undefined;
}

/** What tax asks of a checkout of a customer who is known already. */
export function checkTax(params: Sent, customer: Customer | undefined): void {
  if (customer === undefined) return;
  checkPlace(params, customer);
  checkTaxIds(params);
}

// Tax follows from where the customer is: known already, or typed on the page and kept.
function checkPlace({ automatic_tax: tax, customer_update: kept }: Sent, { address }: Customer) {
  if (!tax?.enabled || address?.country || kept?.address === "auto") return;
  const message =
    "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid " +
    "address to the Customer or set `customer_update[address]` to 'auto'.";
  throw invalidRequest(message, "customer_tax_location_invalid", "customer");
}

// A tax id is of a business by its name, which is on the customer.
function checkTaxIds({ tax_id_collection: ids, customer_update: kept }: Sent) {
  if (!ids?.enabled || kept?.name === "auto") return;
  const message =
    "Tax ID collection requires updating business name on the customer. To enable tax ID " +
    "collection for an existing customer, please set `customer_update[name]` to `auto`.";
  throw invalidRequest(message, undefined, "tax_id_collection");
}
