import {
  boolean,
  metadata,
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
import { allOff, type Features, features, reasons } from "#sandbox/resources/portal-features";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

type Sent = ReturnType<typeof features.read>;
type Configuration = ObjectOf<"billing_portal.configuration">;

const fields = {
  business_profile: shape({
    headline: unsettable(text),
    privacy_policy_url: unsettable(text),
    terms_of_service_url: unsettable(text),
  }),
  default_return_url: unsettable(text),
  features,
  login_page: shape({ enabled: required(boolean) }),
  metadata: unsettable(metadata),
  name: unsettable(text),
} satisfies Shape;
const url = "/v1/billing_portal/configurations";

/** `/v1/billing_portal/configurations`: what a customer may do alone. */
export const portalConfigurationRoutes: Routes = {
  [`POST ${url}`]: route({ ...fields, features: required(features) }, (world, params) => {
    const row = createConfiguration(world, params, false);
    world.emit("billing_portal.configuration.created", row.object);
    return show(world, row.object);
  }),
  [`GET ${url}`]: listRoute(
    "billing_portal.configuration",
    url,
    { active: boolean, is_default: boolean },
    (_world, { active, is_default }) => ({
      ...(active === undefined ? {} : { status: active ? "active" : "inactive" }),
      ...(is_default ? { key: "default" } : {}),
    }),
  ),
  [`GET ${url}/:id`]: retrieveRoute("billing_portal.configuration"),
  [`POST ${url}/:id`]: route({ ...fields, active: boolean }, (world, params, { id }) => {
    const row = get(world, "billing_portal.configuration", id);
    const before = row.object;
    const { active } = params;
    row.object = {
      ...before,
      ...changedBy(world, before, params),
      ...(active === undefined ? {} : { active }),
      updated: world.now(),
    };
    world.save(row);
    const previous = changesOf<"billing_portal.configuration">(before, row.object);
    world.emit("billing_portal.configuration.updated", row.object, previous);
    return show(world, row.object);
  }),
};

/** The configuration a session has when it names none: everything a customer can do. */
export function defaultConfiguration(world: World): Row<"billing_portal.configuration"> {
  const [known] = world.list("billing_portal.configuration", { key: "default" });
  if (known !== undefined) return known;
  const on = { enabled: true };
  return createConfiguration(
    world,
    {
      features: {
        customer_update: { ...on, allowed_updates: ["email", "name"] },
        invoice_history: on,
        payment_method_update: on,
        subscription_cancel: { ...on, mode: "at_period_end" },
        subscription_update: { ...on, default_allowed_updates: ["price", "quantity"] },
      },
    },
    true,
  );
}

function createConfiguration(world: World, params: Params<typeof fields>, isDefault: boolean) {
  const blank: Configuration = {
    id: world.newId("bpc"),
    object: "billing_portal.configuration",
    active: true,
    application: null,
    business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
    created: world.now(),
    default_return_url: null,
    features: allOff,
    is_default: isDefault,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: {},
    name: null,
    updated: world.now(),
  };
  return world.insert(
    "billing_portal.configuration",
    { ...blank, ...changedBy(world, blank, params) },
    {},
  );
}

function changedBy(
  world: World,
  kept: Configuration,
  params: Params<typeof fields>,
): Partial<Configuration> {
  const { business_profile, default_return_url, login_page, name } = params;
  return {
    business_profile: { ...kept.business_profile, ...business_profile },
    ...(default_return_url === undefined ? {} : { default_return_url }),
    features: featuresFrom(world, kept.features, params.features ?? {}),
    ...(login_page === undefined
      ? {}
      : { login_page: { enabled: login_page.enabled, url: loginUrl(world, kept, login_page) } }),
    metadata: mergeMetadata(kept.metadata ?? {}, params.metadata ?? undefined),
    ...(name === undefined ? {} : { name }),
  };
}

function loginUrl(world: World, { id }: Configuration, page: { enabled: boolean }) {
  return page.enabled ? `${world.origin}/p/login/${id}` : null;
}

function featuresFrom(
  world: World,
  kept: Features,
  sent: ReturnType<typeof features.read>,
): Features {
  const { customer_update, subscription_cancel, subscription_update: update } = sent;
  const cancellation = subscription_cancel?.cancellation_reason;
  for (const [place, { prices }] of (update?.products ?? []).entries()) {
    const param = `features[subscription_update][products][${place}][prices]`;
    for (const price of prices) get(world, "price", price, param);
  }
  return {
    customer_update: {
      ...kept.customer_update,
      ...customer_update,
      allowed_updates: customer_update?.allowed_updates ?? kept.customer_update.allowed_updates,
    },
    invoice_history: { ...kept.invoice_history, ...sent.invoice_history },
    payment_method_update: {
      ...kept.payment_method_update,
      ...(sent.payment_method_update && { enabled: sent.payment_method_update.enabled }),
    },
    subscription_cancel: {
      ...kept.subscription_cancel,
      ...subscription_cancel,
      cancellation_reason: {
        ...kept.subscription_cancel.cancellation_reason,
        ...(cancellation && { enabled: cancellation.enabled }),
        options: cancellation?.options ?? [...reasons],
      },
    },
    subscription_pause: pauseFrom(kept.subscription_pause, sent.subscription_pause),
    subscription_update: updateFrom(kept.subscription_update, update),
  };
}

function pauseFrom(
  kept: Features["subscription_pause"],
  sent: Sent["subscription_pause"],
): Features["subscription_pause"] {
  const { enabled, duration } = sent ?? {};
  return {
    ...kept,
    ...(enabled === undefined ? {} : { enabled }),
    ...(duration === undefined
      ? {}
      : {
          duration: {
            type: duration.type,
            interval_options: (duration.interval_options ?? []).map((option) => ({
              interval: option.interval,
              interval_count: option.interval_count ?? 1,
            })),
          },
        }),
  };
}

function updateFrom(
  kept: Features["subscription_update"],
  update: Sent["subscription_update"],
): Features["subscription_update"] {
  return {
    ...kept,
    ...update,
    schedule_at_period_end: {
      conditions:
        update?.schedule_at_period_end?.conditions ?? kept.schedule_at_period_end.conditions,
    },
    default_allowed_updates: update?.default_allowed_updates ?? kept.default_allowed_updates,
    products: (update?.products ?? kept.products ?? []).map((product) => ({
      prices: product.prices,
      product: product.product,
      adjustable_quantity: {
        enabled: product.adjustable_quantity?.enabled ?? false,
        maximum: product.adjustable_quantity?.maximum ?? null,
        minimum: product.adjustable_quantity?.minimum ?? 1,
      },
    })),
  };
}
