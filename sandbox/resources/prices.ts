import { checkMost } from "#sandbox/payments/charge-limits";
import { invalidRequest } from "#sandbox/protocol/errors";
import { boolean, listOf, oneOf, shape, text } from "#sandbox/protocol/params";
import {
  changesOf,
  get,
  listRoute,
  mergeMetadata,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import {
  type CreatePrice,
  createFields,
  optionsFrom,
  priceFrom,
  updateFields,
} from "#sandbox/resources/price-fields";
import type { ObjectOf } from "#sandbox/store/kinds";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

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
      currency: text,
      lookup_keys: listOf(text),
      product: text,
      type: oneOf(["one_time", "recurring"]),
      recurring: shape({
        interval: oneOf(["day", "week", "month", "year"]),
        meter: text,
        usage_type: oneOf(["licensed", "metered"]),
      }),
    },
    (world, { active, lookup_keys, product, currency, type, recurring }) => ({
      ...((currency ?? type ?? recurring) === undefined
        ? {}
        : { ids: pricesLike(world, { currency, type, recurring }) }),
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

function pricesLike(
  world: World,
  wanted: {
    currency: string | undefined;
    type: string | undefined;
    recurring: { interval?: string; meter?: string; usage_type?: string } | undefined;
  },
): string[] {
  const { currency, type, recurring = {} } = wanted;
  return world
    .list("price")
    .map(({ object }) => object)
    .filter((price) => currency === undefined || price.currency === currency)
    .filter((price) => type === undefined || price.type === type)
    .filter((price) =>
      (["interval", "meter", "usage_type"] as const).every(
        (name) => recurring[name] === undefined || price.recurring?.[name] === recurring[name],
      ),
    )
    .map(({ id }) => id);
}

function checkPrice(world: World, params: CreatePrice): void {
  if (params.unit_amount !== undefined) {
    checkMost(params.unit_amount, params.currency.toLowerCase(), "unit_amount");
  }
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
