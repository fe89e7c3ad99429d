import { forgetDiscount } from "#sandbox/billing/settle-discounts";
import { currencyCode } from "#sandbox/protocol/currency";
import { invalidRequest, StripeError } from "#sandbox/protocol/errors";
import {
  byKey,
  decimal,
  integer,
  listOf,
  metadata,
  oneOf,
  type Params,
  required,
  type Shape,
  shape,
  text,
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
import { findCustomer } from "#sandbox/resources/customer-named";
import type { ObjectOf } from "#sandbox/store/kinds";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const currencyOptions = byKey(shape({ amount_off: required(integer) }));
const createFields = {
  id: text,
  amount_off: integer,
  applies_to: shape({ products: listOf(text) }),
  currency: currencyCode,
  currency_options: currencyOptions,
  duration: oneOf(["forever", "once", "repeating"]),
  duration_in_months: integer,
  max_redemptions: integer,
  metadata: unsettable(metadata),
  name: text,
  percent_off: decimal,
  redeem_by: integer,
} satisfies Shape;

/** `/v1/coupons`, and taking a customer's or a subscription's discount away. */
export const couponRoutes: Routes = {
  "POST /v1/coupons": route(createFields, (world, params) => {
    const object = couponFrom(world, params);
    world.insert("coupon", object, {});
    world.emit("coupon.created", object);
    return show(world, object);
  }),
  "GET /v1/coupons": listRoute("coupon", "/v1/coupons", {}, () => ({})),
  "GET /v1/coupons/:id": retrieveRoute("coupon"),
  "POST /v1/coupons/:id": route(
    { name: text, metadata: unsettable(metadata), currency_options: currencyOptions },
    (world, { metadata: sent, name, currency_options }, { id }) => {
      const row = get(world, "coupon", id);
      const before = row.object;
      row.object = {
        ...before,
        ...(name === undefined ? {} : { name }),
        ...(currency_options === undefined ? {} : { currency_options }),
        metadata: mergeMetadata(before.metadata ?? {}, sent ?? undefined),
      };
      world.save(row);
      world.emit("coupon.updated", row.object, changesOf<"coupon">(before, row.object));
      return show(world, row.object);
    },
  ),
  "DELETE /v1/coupons/:id": route({}, (world, _params, { id }) => {
    const row = get(world, "coupon", id);
    world.remove(row);
    world.emit("coupon.deleted", row.object);
    return { id: row.object.id, object: "coupon", deleted: true };
  }),
  "DELETE /v1/customers/:id/discount": route({}, (world, _params, { id }) => {
    const customer = findCustomer(world, id ?? "");
    return removed(world, "customer", customer.object.id, customer.object.discount?.id);
  }),
  "DELETE /v1/subscriptions/:id/discount": route({}, (world, _params, { id }) => {
    const { object } = get(world, "subscription", id);
    return removed(world, "subscription", object.id, object.discounts.at(-1));
  }),
};

function removed(world: World, owner: string, id: string, discount: string | undefined) {
  const row = discount === undefined ? undefined : world.find("discount", discount);
  if (row === undefined || row.isDeleted) {
    const message = `No active discount for ${owner}: ${id}`;
    const type = "invalid_request_error";
    throw new StripeError(404, { type, code: "resource_missing", message });
  }
  forgetDiscount(world, row.object.id);
  const { end: _end, ...kept } = row.object;
  return { ...kept, deleted: true };
}

function couponFrom(world: World, params: Params<typeof createFields>): ObjectOf<"coupon"> {
  const { amount_off: amount, percent_off: percent, duration = "once" } = params;
  if ((amount === undefined) === (percent === undefined)) {
    throw invalidRequest("You must pass either `percent_off` or `amount_off`, and not both.");
  }
  if (amount !== undefined && params.currency === undefined) {
    const message = "You must pass `currency` when passing `amount_off`.";
    throw invalidRequest(message, "parameter_missing", "currency");
  }
  if (amount !== undefined && amount <= 0) {
    throw invalidRequest("Invalid positive integer", "parameter_invalid_integer", "amount_off");
  }
  if (percent !== undefined && !(Number(percent) > 0 && Number(percent) <= 100)) {
    const message = "Coupon percent_off must be more than 0 and at most 100.";
    throw invalidRequest(message, undefined, "percent_off");
  }
  if ((duration === "repeating") !== (params.duration_in_months !== undefined)) {
    const message = "`duration_in_months` is required for, and only for, `duration=repeating`.";
    throw invalidRequest(message, "parameter_missing", "duration_in_months");
  }
  const id = params.id ?? world.newId("prefix").split("_")[1] ?? "";
  const known = world.find("coupon", id);
  if (known !== undefined) {
    throw invalidRequest("Coupon already exists.", "resource_already_exists", "id");
  }
  return {
    id,
    object: "coupon",
    amount_off: amount ?? null,
    ...(params.applies_to?.products === undefined
      ? {}
      : { applies_to: { products: params.applies_to.products } }),
    created: world.now(),
    currency: params.currency?.toLowerCase() ?? null,
    ...(params.currency_options === undefined ? {} : { currency_options: params.currency_options }),
    duration,
    duration_in_months: params.duration_in_months ?? null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata({}, params.metadata ?? undefined),
    name: params.name ?? null,
    percent_off: percent === undefined ? null : Number(percent),
    redeem_by: params.redeem_by ?? null,
    times_redeemed: 0,
    valid: true,
  };
}
