import { itemFrom } from "#sandbox/billing/invoice-item";
import { get } from "#sandbox/protocol/route";
import { wholeAddress } from "#sandbox/resources/address";
import { findCustomer } from "#sandbox/resources/customer-named";
import { createCustomer } from "#sandbox/resources/customers";
import { createItem } from "#sandbox/resources/invoice-items";
import type { PreviewedItem, PreviewSent } from "#sandbox/resources/preview-fields";
import { createTaxId } from "#sandbox/resources/tax-ids";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** The customer a preview is for, with the details it is to be seen with: the one it names, or
 *  somebody who is not known yet. */
export function previewedCustomer(
  world: World,
  id: string | undefined,
  details: PreviewSent["customer_details"],
): Row<"customer"> {
  const row = id === undefined ? createCustomer(world, {}, null) : findCustomer(world, id);
  if (details === undefined) return row;
  const { address, shipping, tax_exempt: exempt, tax_ids: ids } = details;
  row.object = {
    ...row.object,
    ...(address === undefined ? {} : { address: wholeAddress(address) }),
    ...(shipping
      ? {
          shipping: {
            name: shipping.name,
            phone: shipping.phone ?? null,
            address: wholeAddress(shipping.address) ?? undefined,
          } as NonNullable<typeof row.object.shipping>,
        }
      : {}),
    ...(exempt === undefined ? {} : { tax_exempt: exempt ?? "none" }),
  };
  world.save(row);
  if (ids !== undefined) {
    for (const known of world.list("tax_id", { customer: row.object.id })) world.remove(known);
    for (const sent of ids) createTaxId(world, row, sent);
  }
  return row;
}

/** Adds what a preview is to show besides, or changes what waits already. */
export function previewItems(
  world: World,
  customer: Row<"customer">,
  items: readonly PreviewedItem[],
  currency: string,
): void {
  for (const [place, { invoiceitem: known, price, unit_amount, ...sent }] of items.entries()) {
    const facts = {
      ...sent,
      ...(price === undefined ? {} : { pricing: { price } }),
      ...(unit_amount === undefined ? {} : { unit_amount_decimal: String(unit_amount) }),
    };
    if (known === undefined) {
      createItem(world, { currency, ...facts, customer: customer.object.id });
      continue;
    }
    const row = get(world, "invoiceitem", known, `invoice_items[${place}][invoiceitem]`);
    const { currency: _currency, ...changes } = facts;
    row.object = itemFrom(world, row.object, changes);
    world.save(row);
  }
}
