import { validCoupon } from "#sandbox/billing/coupons";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  integer,
  listOf,
  oneOf,
  only,
  type Params,
  required,
  shape,
  text,
  unbuilt,
} from "#sandbox/protocol/params";
import { get, type Routes, route } from "#sandbox/protocol/route";
import { customerNamedBy } from "#sandbox/resources/customer-named";
import { defaultConfiguration } from "#sandbox/resources/portal-configurations";
import type { ObjectOf } from "#sandbox/store/kinds";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

type Session = ObjectOf<"billing_portal.session">;
type Flow = NonNullable<Session["flow"]>;

const minutesOpen = 60;
const named = shape({ subscription: required(text) });
const flowParam = shape({
  type: required(
    oneOf([
      "customer_update",
      "payment_method_update",
      "subscription_cancel",
      "subscription_pause",
      "subscription_update",
      "subscription_update_confirm",
    ]),
  ),
  after_completion: shape({
    type: required(oneOf(["hosted_confirmation", "portal_homepage", "redirect"])),
    hosted_confirmation: shape({ custom_message: text }),
    redirect: shape({ return_url: required(text) }),
  }),
  subscription_cancel: shape({
    subscription: required(text),
    retention: shape({
      coupon_offer: required(shape({ coupon: required(text) })),
      type: required(oneOf(["coupon_offer"])),
    }),
  }),
  subscription_pause: named,
  subscription_update: named,
  subscription_update_confirm: shape({
    subscription: required(text),
    discounts: listOf(shape({ coupon: text, promotion_code: text })),
    items: required(listOf(shape({ id: required(text), price: text, quantity: integer }))),
  }),
});
const createFields = {
  configuration: text,
  customer: text,
  customer_account: text,
  flow_data: flowParam,
  locale: only(text, "auto", "en"),
  return_url: text,
  after_expiration: unbuilt,
  on_behalf_of: unbuilt,
};

/** `/v1/billing_portal/sessions`: a customer's own page, for an hour. */
export const portalSessionRoutes: Routes = {
  "POST /v1/billing_portal/sessions": route(createFields, (world, params) => {
    const object = createPortalSession(world, params);
    return show(world, object);
  }),
};

/** Opens the portal for a customer. */
export function createPortalSession(world: World, params: Params<typeof createFields>): Session {
  const customer = customerNamedBy(world, params);
  if (customer === undefined) {
    throw invalidRequest("Missing required param: customer.", "parameter_missing", "customer");
  }
  const configuration =
    params.configuration === undefined
      ? defaultConfiguration(world)
      : get(world, "billing_portal.configuration", params.configuration, "configuration");
  if (!configuration.object.active) {
    const message = "The configuration is inactive, so no session can be opened with it.";
    throw invalidRequest(message, undefined, "configuration");
  }
  const object: Session = {
    id: world.newId("bps"),
    object: "billing_portal.session",
    configuration: configuration.object.id,
    created: world.now(),
    customer: customer.object.id,
    customer_account: customer.object.customer_account ?? null,
    flow: params.flow_data === undefined ? null : flowFrom(world, params.flow_data),
    livemode: false,
    locale: (params.locale as "auto" | undefined) ?? null,
    on_behalf_of: null,
    return_url: params.return_url ?? configuration.object.default_return_url,
    url: `${world.origin}/p/session/${world.newId("secret")}${world.newId("secret")}`,
  };
  const secrets = { expiresAt: world.now() + minutesOpen * 60 };
  world.insert("billing_portal.session", object, secrets);
  world.emit("billing_portal.session.created", object);
  return object;
}

function flowFrom(world: World, sent: ReturnType<typeof flowParam.read>): Flow {
  const { type } = sent;
  const { subscription_cancel, subscription_update, subscription_update_confirm: confirm } = sent;
  const { subscription_pause } = sent;
  const about = {
    ...{ subscription_cancel, subscription_pause, subscription_update },
    subscription_update_confirm: confirm,
  };
  const isGeneral = type === "payment_method_update" || type === "customer_update";
  const needed = isGeneral ? undefined : about[type];
  if (!isGeneral && needed === undefined) {
    const param = `flow_data[${type}]`;
    throw invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);
  }
  if (needed !== undefined) {
    get(world, "subscription", needed.subscription, `flow_data[${type}][subscription]`);
  }
  const offered = subscription_cancel?.retention?.coupon_offer.coupon;
  if (offered !== undefined) {
    validCoupon(world, offered, "flow_data[subscription_cancel][retention]", null);
  }
  return {
    after_completion: completionFrom(sent.after_completion),
    customer_update: type === "customer_update" ? {} : null,
    subscription_cancel: subscription_cancel
      ? {
          retention:
            offered === undefined
              ? null
              : { coupon_offer: { coupon: offered }, type: "coupon_offer" },
          subscription: subscription_cancel.subscription,
        }
      : null,
    subscription_pause: subscription_pause ?? null,
    subscription_update: subscription_update ?? null,
    subscription_update_confirm: confirm
      ? {
          discounts: discountsFrom(confirm.discounts),
          items: confirm.items.map(({ id, price, quantity }) => ({
            id,
            price: price ?? null,
            ...(quantity === undefined ? {} : { quantity }),
          })),
          subscription: confirm.subscription,
        }
      : null,
    type,
  };
}

function discountsFrom(sent: readonly { coupon?: string; promotion_code?: string }[] | undefined) {
  if (sent === undefined) return null;
  return sent.map(({ coupon = null, promotion_code = null }) => ({ coupon, promotion_code }));
}

function completionFrom(
  after: ReturnType<typeof flowParam.read>["after_completion"],
): Flow["after_completion"] {
  return {
    hosted_confirmation:
      after?.hosted_confirmation === undefined
        ? null
        : { custom_message: after.hosted_confirmation.custom_message ?? null },
    redirect: after?.redirect ?? null,
    type: after?.type ?? "portal_homepage",
  };
}
