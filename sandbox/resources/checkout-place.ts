import {
  type CheckoutBasis,
  recountSession,
  type TaxPlace,
} from "#sandbox/billing/checkout-amounts";
import { createTaxId } from "#sandbox/resources/tax-ids";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Session = Row<"checkout.session">;

/** Where a customer is, as tax asks. */
export function placeOf(world: World, { id, address, tax_exempt }: ObjectOf<"customer">): TaxPlace {
  return {
    country: address?.country ?? null,
    state: address?.state ?? null,
    exempt: tax_exempt ?? "none",
    hasUnionId: hasUnionId(world, id),
  };
}

function hasUnionId(world: World, customer: string): boolean {
  return world.list("tax_id", { customer }).some(({ object }) => object.type === "eu_vat");
}

/** What a session's amounts follow from now: what was chosen, and where its payer is. */
export function basisOf(world: World, { object, hidden }: Session): CheckoutBasis {
  const { trialDays, trialEnd } = hidden.subscription;
  const customer = world.find("customer", object.customer ?? "")?.object;
  const typed = hidden.collected?.address;
  const isTyped = typed != null && (customer === undefined || hidden.updates?.address === "auto");
  const known = customer?.address ? placeOf(world, customer) : undefined;
  const ids = hidden.collected?.taxIds ?? [];
  const place = isTyped
    ? {
        country: typed.country,
        state: typed.state,
        exempt: customer?.tax_exempt ?? "none",
        hasUnionId:
          ids.some(({ type }) => type === "eu_vat") ||
          (customer !== undefined && hasUnionId(world, customer.id)),
      }
    : known;
  const usualRates = (hidden.subscription.fields?.default_tax_rates ?? []).map(({ id }) => id);
  return { items: hidden.items, isTrial: Boolean(trialDays || trialEnd), place, usualRates };
}

/** Keeps what a payer typed, and works the session out anew. */
export function keepCollected(
  world: World,
  row: Session,
  collected: Session["hidden"]["collected"],
  quantities: Record<number, number> = {},
): void {
  const items = row.hidden.items.map((item, place) => {
    const wanted = quantities[place];
    const { adjustable: bounds } = item;
    if (wanted === undefined || bounds === undefined) return item;
    return { ...item, quantity: Math.min(bounds.maximum, Math.max(bounds.minimum, wanted)) };
  });
  row.hidden = { ...row.hidden, items, ...(collected === undefined ? {} : { collected }) };
  row.object = recountSession(world, row.object, basisOf(world, row));
  world.save(row);
}

/** Gives a customer what they typed: all of it to one the checkout made, and to one that was known
 *  before what the checkout may change. */
export function keepOnCustomer(
  world: World,
  { object, hidden }: Session,
  customer: Row<"customer">,
  name: string | null,
): void {
  const { address = null, phone = null, taxIds = [] } = hidden.collected ?? {};
  const isNew = object.customer === null;
  const isPlaced = isNew || hidden.updates?.address === "auto";
  customer.object = {
    ...customer.object,
    ...(address !== null && isPlaced ? { address } : {}),
    ...(phone !== null && isNew ? { phone } : {}),
    ...(name !== null && hidden.updates?.name === "auto" ? { name } : {}),
  };
  world.save(customer);
  for (const sent of taxIds) createTaxId(world, customer, sent);
}
