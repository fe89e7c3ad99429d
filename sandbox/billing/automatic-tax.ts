import { isOfUnion, rateOf } from "#sandbox/billing/tax-table";
import { get } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

/** Where a customer is, and what frees it. */
export interface TaxedCustomer {
  country: string | null;
  state: string | null;
  exempt: string;
  hasUnionId: boolean;
}

/** What automatic tax says of a sale: a rate, or why there is none. */
export interface TaxVerdict {
  reason:
    | "customer_exempt"
    | "not_collecting"
    | "not_supported"
    | "reverse_charge"
    | "standard_rated";
  percentage: string;
  rate: string | null;
  country: string;
  state: string | null;
  name: string;
  type: string;
}

/** What is charged to a customer where it is, given where this account is registered. */
export function judgeTax(world: World, customer: TaxedCustomer): TaxVerdict | undefined {
  const { country, state } = customer;
  if (country === null) return undefined;
  const place = rateOf(country, state);
  const about = {
    percentage: "0",
    rate: null,
    country,
    state,
    name: place?.name ?? "Tax",
    type: place?.type ?? "vat",
  };
  if (customer.exempt === "exempt") return { ...about, reason: "customer_exempt" };
  if (place === undefined) return { ...about, reason: "not_supported" };
  const seat = taxSettings(world).head_office?.address.country ?? "US";
  const isReversed =
    customer.exempt === "reverse" ||
    (customer.hasUnionId && isOfUnion(country) && seat !== country);
  if (isReversed) return { ...about, reason: "reverse_charge" };
  if (!isRegistered(world, country, state)) return { ...about, reason: "not_collecting" };
  return {
    ...about,
    percentage: place.percentage,
    rate: rateRow(world, about, place.percentage),
    reason: "standard_rated",
  };
}

/** An account's tax settings, as they are until it changes them. */
export function taxSettings(world: World): ObjectOf<"tax.settings"> {
  const kept = world.find("tax.settings", "settings");
  return (
    kept?.object ?? {
      id: "settings",
      object: "tax.settings",
      defaults: { provider: "stripe", tax_behavior: null, tax_code: null },
      head_office: null,
      livemode: false,
      status: "pending",
      status_details: { pending: { missing_fields: ["head_office"] } },
    }
  );
}

/** A registration as of now: it begins and ends by itself. */
export function registrationNow(world: World, kept: ObjectOf<"tax.registration">) {
  const { active_from, expires_at } = kept;
  const isOver = expires_at !== null && expires_at <= world.now();
  return {
    ...kept,
    status: isOver ? "expired" : active_from > world.now() ? "scheduled" : "active",
  };
}

function isRegistered(world: World, country: string, state: string | null): boolean {
  return world.list("tax.registration").some(({ object }) => {
    if (registrationNow(world, object).status !== "active") return false;
    const options = object.country_options as Record<string, { type?: string; state?: string }>;
    const own = options[object.country.toLowerCase()];
    // One registration for the whole Union covers its every country.
    if (own?.type === "oss_union" || own?.type === "oss_non_union") return isOfUnion(country);
    if (object.country !== country) return false;
    return own?.state === undefined || own.state === state;
  });
}

/** The same rate for what has its tax inside. */
export function rateInside(world: World, id: string): string {
  const { object } = get(world, "tax_rate", id);
  const { country, state, display_name: name, percentage, tax_type: type } = object;
  const place = { country: country ?? "", state, name, type: type ?? "vat" };
  return rateRow(world, place, String(percentage), true);
}

// The rate a line names must be there to be read: it is made at its first use.
function rateRow(
  world: World,
  place: { country: string; state: string | null; name: string; type: string },
  percentage: string,
  inclusive = false,
): string {
  const number = Number(percentage);
  const known = world.list("tax_rate", { status: "inactive" }).find(({ object }) => {
    const isThere = object.country === place.country && object.state === place.state;
    return isThere && object.inclusive === inclusive;
  });
  if (known !== undefined) return known.object.id;
  const rate: ObjectOf<"tax_rate"> = {
    id: world.newId("txr"),
    object: "tax_rate",
    active: false,
    country: place.country,
    created: world.now(),
    description: null,
    display_name: place.name,
    effective_percentage: number,
    flat_amount: null,
    inclusive,
    jurisdiction: place.state ?? place.country,
    jurisdiction_level: place.state === null ? "country" : "state",
    livemode: false,
    metadata: {},
    percentage: number,
    rate_type: "percentage",
    state: place.state,
    tax_type: place.type as ObjectOf<"tax_rate">["tax_type"],
  };
  world.insert("tax_rate", rate, {});
  return rate.id;
}
