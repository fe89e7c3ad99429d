import { currencyCode } from "#sandbox/protocol/currency";
import {
  boolean,
  byKey,
  decimal,
  either,
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
  unsettable,
} from "#sandbox/protocol/params";
import { mergeMetadata } from "#sandbox/protocol/route";
import { createProduct } from "#sandbox/resources/products";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

const taxBehavior = oneOf(["exclusive", "inclusive", "unspecified"]);
const tier = shape({
  up_to: required(either(integer, oneOf(["inf"]))),
  flat_amount: integer,
  flat_amount_decimal: decimal,
  unit_amount: integer,
  unit_amount_decimal: decimal,
});
const recurring = shape({
  interval: required(oneOf(["day", "week", "month", "year"])),
  interval_count: integer,
  usage_type: oneOf(["licensed", "metered"]),
  meter: text,
  trial_period_days: integer,
});
const currencyOption = shape({
  unit_amount: integer,
  unit_amount_decimal: decimal,
  tax_behavior: taxBehavior,
  tiers: listOf(tier),
  custom_unit_amount: unbuilt,
});
/** What updating a price takes. */
export const updateFields = {
  active: boolean,
  lookup_key: unsettable(text),
  metadata,
  nickname: unsettable(text),
  tax_behavior: taxBehavior,
  transfer_lookup_key: boolean,
  currency_options: unsettable(byKey(currencyOption)),
} satisfies Shape;
/** What creating a price takes. */
export const createFields = {
  ...updateFields,
  billing_scheme: oneOf(["per_unit", "tiered"]),
  currency: required(currencyCode),
  product: text,
  product_data: shape({ name: required(text), metadata, unit_label: text, active: boolean }),
  recurring,
  tiers: listOf(tier),
  tiers_mode: oneOf(["graduated", "volume"]),
  transform_quantity: shape({
    divide_by: required(integer),
    round: required(oneOf(["up", "down"])),
  }),
  unit_amount: integer,
  unit_amount_decimal: decimal,
  custom_unit_amount: unbuilt,
} satisfies Shape;

export type CreatePrice = Params<typeof createFields>;

/** A new price, from what was sent. Its product is made too if it came along. */
export function priceFrom(world: World, params: CreatePrice): ObjectOf<"price"> {
  const { recurring: cycle, tiers, product_data: data, currency_options: options } = params;
  const product =
    params.product ?? (data === undefined ? "" : createProduct(world, data).object.id);
  return {
    id: world.newId("price"),
    object: "price",
    active: params.active ?? true,
    billing_scheme: tiers === undefined ? "per_unit" : "tiered",
    created: world.now(),
    currency: params.currency.toLowerCase(),
    currency_options: options ? optionsFrom(options) : {},
    custom_unit_amount: null,
    livemode: false,
    lookup_key: params.lookup_key ?? null,
    metadata: mergeMetadata({}, params.metadata),
    nickname: params.nickname ?? null,
    product,
    recurring:
      cycle === undefined
        ? null
        : {
            interval: cycle.interval,
            interval_count: cycle.interval_count ?? 1,
            meter: cycle.meter ?? null,
            trial_period_days: cycle.trial_period_days ?? null,
            usage_type: cycle.usage_type ?? "licensed",
          },
    tax_behavior: params.tax_behavior ?? "unspecified",
    ...(tiers === undefined ? {} : { tiers: tiers.map(tierFrom) }),
    tiers_mode: params.tiers_mode ?? null,
    transform_quantity: params.transform_quantity ?? null,
    type: cycle === undefined ? "one_time" : "recurring",
    ...amountsOf(params),
  };
}

type Amounts = { unit_amount?: number; unit_amount_decimal?: string };

// A whole number of minor units shows as both; a finer price has no `unit_amount` at all.
function amountsOf({ unit_amount, unit_amount_decimal }: Amounts) {
  const written = unit_amount_decimal ?? (unit_amount === undefined ? null : String(unit_amount));
  const isWhole = written !== null && /^-?\d+(\.0+)?$/.test(written);
  return { unit_amount: isWhole ? Number(written) : null, unit_amount_decimal: written };
}

type SentTier = ReturnType<typeof tier.read>;

function tierFrom(sent: SentTier) {
  const flat = amountsOf({
    ...(sent.flat_amount === undefined ? {} : { unit_amount: sent.flat_amount }),
    ...(sent.flat_amount_decimal === undefined
      ? {}
      : { unit_amount_decimal: sent.flat_amount_decimal }),
  });
  return {
    flat_amount: flat.unit_amount,
    flat_amount_decimal: flat.unit_amount_decimal,
    ...amountsOf(sent),
    up_to: sent.up_to === "inf" ? null : sent.up_to,
  };
}

/** Amounts in other currencies, as they are kept. */
export function optionsFrom(sent: Record<string, ReturnType<typeof currencyOption.read>>) {
  return Object.fromEntries(
    Object.entries(sent).map(([currency, option]) => [
      currency,
      {
        custom_unit_amount: null,
        tax_behavior: option.tax_behavior ?? ("unspecified" as const),
        ...(option.tiers === undefined ? {} : { tiers: option.tiers.map(tierFrom) }),
        ...amountsOf(option),
      },
    ]),
  );
}
