import { judgeTax, type TaxVerdict } from "#sandbox/billing/automatic-tax";
import { parseDecimal } from "#sandbox/money/rational";
import { taxOf } from "#sandbox/money/tax";
import { currencyCode } from "#sandbox/protocol/currency";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  integer,
  listOf,
  metadata,
  oneOf,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
} from "#sandbox/protocol/params";
import { get, pagingParams, type Routes, retrieveRoute, route } from "#sandbox/protocol/route";
import { address, wholeAddress } from "#sandbox/resources/address";
import { findCustomer } from "#sandbox/resources/customer-named";
import { pageOfItems } from "#sandbox/resources/page-of-items";
import type { ObjectOf } from "#sandbox/store/kinds";
import { listOf as listShown, show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

type Calculation = ObjectOf<"tax.calculation">;
type Line = NonNullable<Calculation["line_items"]>["data"][number];
const daysKept = 90;
const url = "/v1/tax/calculations";
const fields = {
  currency: required(currencyCode),
  line_items: required(
    listOf(
      shape({
        amount: required(integer),
        metadata,
        product: text,
        quantity: integer,
        reference: text,
        tax_behavior: oneOf(["exclusive", "inclusive"]),
        tax_code: text,
        performance_location: unbuilt,
      }),
    ),
  ),
  customer: text,
  customer_details: shape({
    address,
    address_source: oneOf(["billing", "shipping"]),
    ip_address: unbuilt,
    tax_ids: listOf(shape({ type: required(text), value: required(text) })),
    taxability_override: oneOf(["customer_exempt", "none", "reverse_charge"]),
  }),
  tax_date: integer,
  ship_from_details: unbuilt,
  shipping_cost: unbuilt,
} satisfies Shape;
type Sent = Params<typeof fields>;

/** `/v1/tax/calculations`: what tax a sale would carry, by a small table of standard rates. */
export const taxCalculationRoutes: Routes = {
  [`POST ${url}`]: route(fields, (world, params) => {
    const object = calculate(world, params);
    world.insert("tax.calculation", object, {}, world.now());
    return show(world, object);
  }),
  [`GET ${url}/:id`]: retrieveRoute("tax.calculation"),
  [`GET ${url}/:id/line_items`]: route(pagingParams, (world, paging, { id }) => {
    const all = get(world, "tax.calculation", id).object.line_items;
    return pageOfItems(`${url}/${id}/line_items`, all?.data ?? [], paging);
  }),
};

const exemptBy = { customer_exempt: "exempt", none: "none", reverse_charge: "reverse" } as const;

function calculate(world: World, params: Sent): Calculation {
  const customer =
    params.customer === undefined ? undefined : findCustomer(world, params.customer, "customer");
  const details = params.customer_details;
  const where = wholeAddress(details?.address) ?? customer?.object.address ?? null;
  const override = details?.taxability_override ?? "none";
  const ids = details?.tax_ids ?? [];
  const verdict = judgeTax(world, {
    country: where?.country ?? null,
    state: where?.state ?? null,
    exempt: override === "none" ? (customer?.object.tax_exempt ?? "none") : exemptBy[override],
    hasUnionId: ids.some(({ type }) => type === "eu_vat"),
  });
  if (verdict === undefined) throw noLocation();
  const id = world.newId("taxcalc");
  const lines = params.line_items.map((line, place) => lineFrom(world, line, verdict, place));
  const sum = (behavior: string) =>
    lines
      .filter(({ tax_behavior }) => tax_behavior === behavior)
      .reduce((total, line) => total + line.amount_tax, 0);
  const amount = lines.reduce((total, line) => total + line.amount, 0);
  const exclusive = sum("exclusive");
  return {
    id,
    object: "tax.calculation",
    amount_total: amount + exclusive,
    currency: params.currency.toLowerCase(),
    customer: customer?.object.id ?? null,
    customer_details: {
      address: where,
      address_source: details?.address_source ?? "billing",
      ip_address: null,
      tax_ids: ids as Calculation["customer_details"]["tax_ids"],
      taxability_override: override,
    },
    expires_at: world.now() + daysKept * 86_400,
    line_items: listShown(`${url}/${id}/line_items`, lines),
    livemode: false,
    ship_from_details: null,
    shipping_cost: null,
    tax_amount_exclusive: exclusive,
    tax_amount_inclusive: sum("inclusive"),
    tax_breakdown: ["exclusive", "inclusive"].flatMap((behavior) =>
      breakdown(lines, behavior, verdict),
    ),
    tax_date: params.tax_date ?? world.now(),
  };
}

function noLocation() {
  const message = "The customer's location isn't recognized: a country is needed.";
  return invalidRequest(message, "customer_tax_location_invalid", "customer_details[address]");
}

function lineFrom(
  world: World,
  sent: Sent["line_items"][number],
  verdict: TaxVerdict,
  place: number,
): Line {
  const behavior = sent.tax_behavior ?? "exclusive";
  const isInclusive = behavior === "inclusive";
  return {
    id: world.newId("tax_li"),
    object: "tax.calculation_line_item",
    amount: sent.amount,
    amount_tax: taxOf(sent.amount, parseDecimal(verdict.percentage), isInclusive),
    livemode: false,
    metadata: sent.metadata ?? {},
    performance_location: null,
    product: sent.product ?? null,
    quantity: sent.quantity ?? 1,
    reference: sent.reference ?? `L${place + 1}`,
    tax_behavior: behavior,
    tax_code: sent.tax_code ?? "txcd_10000000",
  };
}

function breakdown(
  lines: readonly Line[],
  behavior: string,
  verdict: TaxVerdict,
): Calculation["tax_breakdown"] {
  const these = lines.filter((line) => line.tax_behavior === behavior);
  if (these.length === 0) return [];
  const isTaxed = verdict.reason === "standard_rated";
  return [
    {
      amount: these.reduce((sum, line) => sum + line.amount_tax, 0),
      inclusive: behavior === "inclusive",
      tax_rate_details: {
        country: verdict.country,
        flat_amount: null,
        percentage_decimal: verdict.percentage,
        rate_type: "percentage",
        state: verdict.state,
        tax_type: verdict.type as "vat",
      },
      taxability_reason: verdict.reason,
      taxable_amount: isTaxed ? these.reduce((sum, line) => sum + line.amount, 0) : 0,
    },
  ];
}
