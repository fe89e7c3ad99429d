import { checkedPrices } from "#sandbox/billing/items";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  boolean,
  integer,
  listOf,
  metadata,
  oneOf,
  only,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
} from "#sandbox/protocol/params";
import {
  get,
  listRoute,
  mergeMetadata,
  pagingParams,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import { expireSession } from "#sandbox/resources/checkout-expiry";
import { blankSession, lineItemsFrom } from "#sandbox/resources/checkout-session-object";
import { customerFilter, customerNamedBy } from "#sandbox/resources/customer-named";
import { trialSettings } from "#sandbox/resources/subscription-create";
import type { CheckoutSecrets } from "#sandbox/store/kept";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const url = "/v1/checkout/sessions";
const dayLong = 86_400;

const createFields = {
  mode: required(oneOf(["subscription"])),
  line_items: required(
    listOf(
      shape({
        price: required(text),
        quantity: integer,
        adjustable_quantity: unbuilt,
        price_data: unbuilt,
        metadata: unbuilt,
        tax_rates: unbuilt,
        dynamic_tax_rates: unbuilt,
      }),
    ),
  ),
  allow_promotion_codes: only(boolean, false),
  billing_address_collection: only(oneOf(["auto", "required"]), "auto"),
  cancel_url: text,
  client_reference_id: text,
  customer: text,
  customer_account: text,
  customer_email: text,
  customer_update: unbuilt,
  expires_at: integer,
  locale: only(text, "auto", "en"),
  metadata,
  payment_method_collection: only(oneOf(["always", "if_required"]), "always"),
  subscription_data: shape({
    description: text,
    metadata,
    trial_end: integer,
    trial_period_days: integer,
    trial_settings: trialSettings,
    billing_mode: shape({ type: required(oneOf(["flexible"])) }),
    application_fee_percent: unbuilt,
    billing_cycle_anchor: unbuilt,
    default_tax_rates: unbuilt,
    invoice_settings: unbuilt,
    on_behalf_of: unbuilt,
    proration_behavior: unbuilt,
    transfer_data: unbuilt,
  }),
  success_url: text,
  ui_mode: oneOf(["hosted_page"]),
  automatic_tax: unbuilt,
  consent_collection: unbuilt,
  currency: unbuilt,
  custom_fields: unbuilt,
  custom_text: unbuilt,
  discounts: unbuilt,
  payment_method_options: unbuilt,
  return_url: unbuilt,
  saved_payment_method_options: unbuilt,
  tax_id_collection: unbuilt,
} satisfies Shape;

type Sent = Params<typeof createFields>;

/** `/v1/checkout/sessions`, for subscriptions on the hosted page. */
export const checkoutSessionRoutes: Routes = {
  [`POST ${url}`]: route(createFields, (world, params) =>
    show(world, createSession(world, params)),
  ),
  [`GET ${url}`]: listRoute(
    "checkout.session",
    url,
    {
      customer: text,
      customer_account: text,
      status: oneOf(["complete", "expired", "open"]),
      subscription: text,
      payment_intent: unbuilt,
      payment_link: unbuilt,
      customer_details: unbuilt,
    },
    (world, { status, subscription, ...who }) => ({
      ...customerFilter(world, who),
      ...(status === undefined ? {} : { status }),
      ...(subscription === undefined ? {} : { parent: subscription }),
    }),
  ),
  [`GET ${url}/:id`]: retrieveRoute("checkout.session"),
  [`GET ${url}/:id/line_items`]: route(pagingParams, (world, _params, { id }) => {
    const { line_items: items } = get(world, "checkout.session", id).object;
    return {
      object: "list",
      url: `${url}/${id}/line_items`,
      has_more: false,
      data: items?.data ?? [],
    };
  }),
  [`POST ${url}/:id`]: route({ metadata }, (world, params, { id }) => {
    const row = get(world, "checkout.session", id);
    row.object = {
      ...row.object,
      metadata: mergeMetadata(row.object.metadata ?? {}, params.metadata),
    };
    return show(world, world.save(row).object);
  }),
  [`POST ${url}/:id/expire`]: route({}, (world, _params, { id }) => {
    const { object } = get(world, "checkout.session", id);
    if (object.status !== "open") {
      const message =
        'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout ' +
        `Session has a status of ${object.status}.`;
      throw invalidRequest(message);
    }
    expireSession(world, object.id);
    return show(world, get(world, "checkout.session", id).object);
  }),
};

function createSession(world: World, params: Sent) {
  const customer = customerNamedBy(world, params);
  if (params.success_url === undefined) {
    throw invalidRequest(
      "Missing required param: success_url.",
      "parameter_missing",
      "success_url",
    );
  }
  if (params.line_items.length === 0) {
    throw invalidRequest("Missing required param: line_items.", "parameter_missing", "line_items");
  }
  const currency = checkedPrices(world, params.line_items, "line_items");
  const expiresAt = params.expires_at ?? world.now() + dayLong;
  if (expiresAt < world.now() + 1800 || expiresAt > world.now() + dayLong) {
    const message = "The `expires_at` timestamp must be between 30 minutes and 24 hours from now.";
    throw invalidRequest(message, undefined, "expires_at");
  }
  const items = lineItemsFrom(world, params.line_items);
  const isTrial = Boolean(
    params.subscription_data?.trial_period_days || params.subscription_data?.trial_end,
  );
  const total = isTrial ? 0 : items.reduce((sum, { amount_total }) => sum + amount_total, 0);
  const object = blankSession(world, {
    customer: customer?.object,
    currency,
    expiresAt,
    total,
    items,
    fields: {
      allow_promotion_codes: params.allow_promotion_codes ?? null,
      billing_address_collection: params.billing_address_collection ?? null,
      cancel_url: params.cancel_url ?? null,
      client_reference_id: params.client_reference_id ?? null,
      customer_email: params.customer_email ?? null,
      locale: (params.locale as "auto" | undefined) ?? null,
      metadata: mergeMetadata({}, params.metadata),
      payment_method_collection: params.payment_method_collection ?? "always",
      success_url: params.success_url,
    },
  });
  world.insert("checkout.session", object, {
    items: params.line_items,
    subscription: subscriptionOf(params),
  });
  world.schedule("session.expire", object.id, expiresAt);
  return object;
}

function subscriptionOf({ subscription_data: data }: Sent): CheckoutSecrets["subscription"] {
  return {
    ...(data?.description === undefined ? {} : { description: data.description }),
    ...(data?.metadata === undefined ? {} : { metadata: data.metadata }),
    ...(data?.trial_end === undefined ? {} : { trialEnd: data.trial_end }),
    ...(data?.trial_period_days === undefined ? {} : { trialDays: data.trial_period_days }),
    ...(data?.trial_settings === undefined
      ? {}
      : { missingMethod: data.trial_settings.end_behavior.missing_payment_method }),
  };
}
