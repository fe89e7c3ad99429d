import type { Tier } from "#lib/catalog/plan";
import { tiersOf, unitOf } from "#lib/catalog/price-of";
import type { Difference } from "#lib/catalog/publishing";
import { formatDecimal, parseDecimal } from "#lib/catalog/rational";
import { toComponent, toPrice, type VersionRow } from "#lib/catalog/read-version";
import { invariant } from "#lib/errors";
import type { KnownPrice, NewPrice, NewProduct, PriceTerms } from "#lib/stripe/gateway-catalog";

/** What a version is to be at Stripe, and in what the objects there differ from it. */
export type ComponentRow = VersionRow["components"][number];
export type PriceRow = ComponentRow["prices"][number];

/** A component is a product of its own, so that each line of an invoice says what it is for. */
export function productOf(version: VersionRow, component: ComponentRow): NewProduct {
  const { plan, number, id: versionId } = version;
  const { key, name, unit } = component;
  const id = `lockstep_${plan.key}_${number}_${key}`.replaceAll("-", "_");
  return { id, name, unitLabel: unit?.slice(0, 12) ?? null, versionId };
}

/** Included units are a first tier that costs nothing; a percentage is a price per minor unit. */
export function priceAtStripe(
  component: ComponentRow,
  price: PriceRow,
  at: { productId: string; meterId: string | null },
): NewPrice {
  const offer = toPrice(price);
  invariant(offer, `${price.currency} is a currency we price in`);
  const { included } = toComponent(component);
  const tiers = tiersOf(offer, included);
  const { currency, interval, model, packageSize } = offer;
  return {
    ...{ ...at, currency, interval, tiers, packageSize: tiers ? null : packageSize },
    unitMinor: tiers ? null : unitOf(offer),
    tiersMode: tiers && (model === "volume" ? "volume" : "graduated"),
    ...{ lookupKey: price.lookupKey, name: component.name, priceOfOurs: price.id },
  };
}

type Field = { field: string; wanted: string | null; found: string | null };

/** The fields in which what was found is not what was wanted. */
export function differencesOf(
  object: string,
  fields: readonly Field[],
  isRepaired: boolean,
): Difference[] {
  return fields
    .filter(({ wanted, found }) => wanted !== found)
    .map(({ field, wanted, found }) => ({
      ...{ object, field, isRepaired },
      wanted: wanted ?? "nothing",
      found: found ?? "nothing",
    }));
}

/** What a price comes to, field by field. None of it can be changed at Stripe. */
export function termFields(wanted: PriceTerms, found: KnownPrice): Field[] {
  const fields = ["productId", "currency", "interval", "meterId", "packageSize"] as const;
  return [
    ...fields.map((field) => ({ field, wanted: wanted[field], found: found[field] })),
    { field: "amount", wanted: amountOf(wanted), found: amountOf(found) },
  ];
}

/** The amounts in words, so that two writings of one number are the same. */
function amountOf({ unitMinor, tiers, tiersMode }: PriceTerms): string {
  if (!tiers) return `${plain(unitMinor ?? "0")} each`;
  return `${tiersMode}: ${tiers.map(tierWords).join(", ")}`;
}

function tierWords({ upTo, unitMinor, flatMinor }: Tier): string {
  const flat = plain(flatMinor) === "0" ? "" : ` and ${plain(flatMinor)}`;
  return `${upTo === null ? "beyond" : `to ${upTo}`} ${plain(unitMinor)} each${flat}`;
}

function plain(decimal: string): string {
  return formatDecimal(parseDecimal(decimal));
}
