import { invalidRequest } from "#sandbox/protocol/errors";
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
import {
  changesOf,
  get,
  listRoute,
  mergeMetadata,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import { createProduct } from "#sandbox/resources/products";
import type { ObjectOf } from "#sandbox/store/kinds";
import { show } from "#sandbox/store/views";
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
const updateFields = {
  active: boolean,
  lookup_key: unsettable(text),
  metadata,
  nickname: unsettable(text),
  tax_behavior: taxBehavior,
  transfer_lookup_key: boolean,
  currency_options: unsettable(byKey(currencyOption)),
} satisfies Shape;
const createFields = {
  ...updateFields,
  billing_scheme: oneOf(["per_unit", "tiered"]),
  currency: required(text),
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

type Create = Params<typeof createFields>;

/** `/v1/prices`. A lookup key names one price at a time and can be handed on. */
export const priceRoutes: Routes = {
  "POST /v1/prices": route(createFields, (world, params) => {
    checkPrice(world, params);
    const object = priceFrom(world, params);
    takeLookupKey(world, params, object.id);
    world.insert("price", object, {});
    world.emit("price.created", object);
    return show(world, object);
  }),
  "GET /v1/prices": listRoute(
    "price",
    "/v1/prices",
    {
      active: boolean,
      currency: unbuilt,
      lookup_keys: listOf(text),
      product: text,
      type: unbuilt,
      recurring: unbuilt,
    },
    (_world, { active, lookup_keys, product }) => ({
      ...(active === undefined ? {} : { status: active ? "active" : "inactive" }),
      ...(lookup_keys === undefined ? {} : { keys: lookup_keys }),
      ...(product === undefined ? {} : { parent: product }),
    }),
  ),
  "GET /v1/prices/:id": retrieveRoute("price"),
  "POST /v1/prices/:id": route(updateFields, (world, params, { id }) => {
    const row = get(world, "price", id);
    const before = row.object;
    takeLookupKey(world, params, before.id);
    const { metadata: sent, transfer_lookup_key: _, currency_options, ...plain } = params;
    row.object = {
      ...before,
      ...(plain as Partial<ObjectOf<"price">>),
      ...(currency_options ? { currency_options: optionsFrom(currency_options) } : {}),
      metadata: mergeMetadata(before.metadata, sent),
    };
    world.save(row);
    const previous = changesOf<"price">(before, row.object);
    if (Object.keys(previous).length > 0) world.emit("price.updated", row.object, previous);
    return show(world, row.object);
  }),
};

function checkPrice(world: World, params: Create): void {
  const isTiered = params.billing_scheme === "tiered" || params.tiers !== undefined;
  const amounts = [params.unit_amount, params.unit_amount_decimal].filter(
    (one) => one !== undefined,
  );
  if ((params.product === undefined) === (params.product_data === undefined)) {
    throw invalidRequest(
      "You must specify either `product` or `product_data` when creating a price.",
    );
  }
  if (params.product !== undefined) get(world, "product", params.product, "product");
  if (isTiered && (params.tiers === undefined || params.tiers_mode === undefined)) {
    throw invalidRequest(
      "`tiers` and `tiers_mode` are required when `billing_scheme` is `tiered`.",
    );
  }
  if (isTiered && params.tiers?.at(-1)?.up_to !== "inf") {
    throw invalidRequest("The last tier must have `up_to` set to `inf`.", undefined, "tiers");
  }
  if (!isTiered && amounts.length !== 1) {
    const names = "`unit_amount`, `unit_amount_decimal` or `custom_unit_amount`";
    throw invalidRequest(`Prices require one of ${names} to be set.`);
  }
  if (params.recurring?.usage_type === "metered" && params.recurring.meter === undefined) {
    throw invalidRequest(
      "Metered prices must be backed by a meter: set `recurring[meter]`.",
      undefined,
      "recurring[meter]",
    );
  }
  if (params.recurring?.meter !== undefined) {
    get(world, "billing.meter", params.recurring.meter, "recurring[meter]");
  }
}

function priceFrom(world: World, params: Create): ObjectOf<"price"> {
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

function optionsFrom(sent: Record<string, ReturnType<typeof currencyOption.read>>) {
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

function takeLookupKey(
  world: World,
  params: { lookup_key?: string | null; transfer_lookup_key?: boolean },
  id: string,
): void {
  if (!params.lookup_key) return;
  const holder = world
    .list("price", { key: params.lookup_key })
    .find(({ object }) => object.id !== id);
  if (holder === undefined) return;
  if (params.transfer_lookup_key !== true) {
    throw invalidRequest(
      `A price (\`${holder.object.id}\`) already uses that lookup key.`,
      "resource_already_exists",
      "lookup_key",
    );
  }
  const before = holder.object;
  holder.object = { ...before, lookup_key: null };
  world.save(holder);
  world.emit("price.updated", holder.object, { lookup_key: before.lookup_key });
}
