import { isRedeemable } from "#sandbox/billing/coupons";
import { checkNear } from "#sandbox/billing/trial-limits";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  boolean,
  byKey,
  integer,
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
import { customerFilter, customerNamedBy } from "#sandbox/resources/customer-named";
import type { ObjectOf } from "#sandbox/store/kinds";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const currencyOptions = byKey(shape({ minimum_amount: required(integer) }));
const createFields = {
  active: boolean,
  code: text,
  customer: text,
  customer_account: text,
  expires_at: integer,
  max_redemptions: integer,
  metadata,
  promotion: required(shape({ type: required(oneOf(["coupon"])), coupon: required(text) })),
  restrictions: shape({
    currency_options: currencyOptions,
    first_time_transaction: boolean,
    minimum_amount: integer,
    minimum_amount_currency: text,
  }),
} satisfies Shape;
const url = "/v1/promotion_codes";

/** `/v1/promotion_codes`: what a person types for a coupon. */
export const promotionCodeRoutes: Routes = {
  [`POST ${url}`]: route(createFields, (world, params) => {
    const object = promotionFrom(world, params);
    world.insert("promotion_code", object, {});
    world.emit("promotion_code.created", object);
    return show(world, object);
  }),
  [`GET ${url}`]: listRoute(
    "promotion_code",
    url,
    { active: boolean, code: text, coupon: text, customer: text, customer_account: text },
    (world, { active, code, coupon, ...who }) => ({
      ...customerFilter(world, who),
      ...(active === undefined ? {} : { status: active ? "active" : "inactive" }),
      ...(code === undefined ? {} : { key: code.toUpperCase() }),
      ...(coupon === undefined ? {} : { parent: coupon }),
    }),
  ),
  [`GET ${url}/:id`]: retrieveRoute("promotion_code"),
  [`POST ${url}/:id`]: route(
    {
      active: boolean,
      metadata: unsettable(metadata),
      restrictions: shape({ currency_options: currencyOptions }),
    },
    (world, { active, metadata: sent, restrictions }, { id }) => {
      const row = get(world, "promotion_code", id);
      const before = row.object;
      row.object = {
        ...before,
        ...(active === undefined ? {} : { active }),
        metadata: mergeMetadata(before.metadata ?? {}, sent ?? undefined),
        restrictions: { ...before.restrictions, ...restrictions },
      };
      world.save(row);
      const previous = changesOf<"promotion_code">(before, row.object);
      world.emit("promotion_code.updated", row.object, previous);
      return show(world, row.object);
    },
  ),
};

function promotionFrom(
  world: World,
  params: Params<typeof createFields>,
): ObjectOf<"promotion_code"> {
  const coupon = get(world, "coupon", params.promotion.coupon, "promotion[coupon]");
  if (!isRedeemable(world, coupon.object)) {
    throw invalidRequest(`Coupon expired: ${coupon.object.id}`, "coupon_expired", "promotion");
  }
  const code = params.code ?? world.newId("prefix").split("_")[1]?.toUpperCase() ?? "";
  if (!/^[A-Za-z0-9-]+$/.test(code)) {
    const message = "A promotion code has only letters, digits and dashes.";
    throw invalidRequest(message, undefined, "code");
  }
  const taken = world.list("promotion_code", { key: code.toUpperCase(), status: "active" });
  const customer = customerNamedBy(world, params);
  const isTaken = taken.some(
    ({ object }) => object.customer === null || object.customer === (customer?.object.id ?? null),
  );
  if (isTaken) {
    const message = "An active promotion code with this code already exists.";
    throw invalidRequest(message, "resource_already_exists", "code");
  }
  const { restrictions } = params;
  checkNear(world, params.expires_at, "expires_at");
  return {
    id: world.newId("promo"),
    object: "promotion_code",
    active: params.active ?? true,
    code,
    created: world.now(),
    customer: customer?.object.id ?? null,
    customer_account: customer?.object.customer_account ?? null,
    expires_at: params.expires_at ?? coupon.object.redeem_by,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata({}, params.metadata),
    promotion: { coupon: coupon.object.id, type: "coupon" },
    restrictions: {
      ...(restrictions?.currency_options === undefined
        ? {}
        : { currency_options: restrictions.currency_options }),
      first_time_transaction: restrictions?.first_time_transaction ?? false,
      minimum_amount: restrictions?.minimum_amount ?? null,
      minimum_amount_currency: restrictions?.minimum_amount_currency ?? null,
    },
    times_redeemed: 0,
  };
}
