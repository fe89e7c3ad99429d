import { discountSession } from "#sandbox/billing/checkout-discounts";
import { currencyCode } from "#sandbox/protocol/currency";
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
import { collectedFrom, collectFields, customerUpdate } from "#sandbox/resources/checkout-collect";
import { embed } from "#sandbox/resources/checkout-embedded";
import { expireSession } from "#sandbox/resources/checkout-expiry";
import {
  checkMode,
  checkPaymentData,
  lineItem,
  oneTimeCurrency,
  paymentData,
  paymentOf,
  pricedItems,
  setupData,
} from "#sandbox/resources/checkout-payment-fields";
import { placeOf } from "#sandbox/resources/checkout-place";
import { blankSession, lineItemsFrom, totalDue } from "#sandbox/resources/checkout-session-object";
import {
  recurringCurrency,
  subscriptionData,
  subscriptionOf,
} from "#sandbox/resources/checkout-subscription";
import { checkTax } from "#sandbox/resources/checkout-tax";
import { waysFor } from "#sandbox/resources/checkout-ways";
import { customerFilter, customerNamedBy } from "#sandbox/resources/customer-named";
import { offeredBy } from "#sandbox/resources/payment-method-configurations";
import type { ObjectOf } from "#sandbox/store/kinds";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const url = "/v1/checkout/sessions";
const dayLong = 86_400;

const createFields = {
  mode: required(oneOf(["payment", "setup", "subscription"])),
  line_items: listOf(lineItem),
  allow_promotion_codes: boolean,
  allowed_payment_method_types: listOf(text),
  ...collectFields,
  cancel_url: text,
  client_reference_id: text,
  customer: text,
  customer_account: text,
  customer_email: text,
  customer_update: customerUpdate,
  excluded_payment_method_types: listOf(text),
  expires_at: integer,
  customer_creation: oneOf(["always", "if_required"]),
  locale: only(text, "auto", "en"),
  metadata,
  payment_method_configuration: text,
  payment_method_collection: oneOf(["always", "if_required"]),
  payment_intent_data: paymentData,
  setup_intent_data: setupData,
  submit_type: oneOf(["auto", "book", "donate", "pay", "subscribe"]),
  subscription_data: subscriptionData,
  success_url: text,
  ui_mode: oneOf(["embedded_page", "hosted_page"]),
  currency: currencyCode,
  discounts: listOf(shape({ coupon: text, promotion_code: text })),
  payment_method_options: unbuilt,
  return_url: text,
  redirect_on_completion: oneOf(["always", "if_required", "never"]),
  saved_payment_method_options: unbuilt,
} satisfies Shape;

type Sent = Params<typeof createFields>;
type Types = ObjectOf<"checkout.session">["allowed_payment_method_types"];

/** `/v1/checkout/sessions`, for subscriptions, payments and cards, on the hosted page. */
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

/** Makes a session. */
export function createSession(world: World, params: Sent) {
  const customer = customerNamedBy(world, params);
  checkMode(params);
  const lines = pricedItems(world, params.line_items ?? []);
  const currency =
    params.mode === "subscription"
      ? recurringCurrency(world, lines, params.currency)
      : oneTimeCurrency(world, lines, params.currency);
  const expiresAt = expiryOf(world, params.expires_at);
  const items = lineItemsFrom(world, lines, currency);
  const isTrial = Boolean(
    params.subscription_data?.trial_period_days || params.subscription_data?.trial_end,
  );
  const total = totalDue(items, isTrial);
  if (params.mode === "payment") {
    checkPaymentData(world, { amount: total, currency }, params.payment_intent_data);
  }
  const blank = blankSession(world, {
    customer: customer?.object,
    currency,
    expiresAt,
    total,
    items,
    fields: {
      ...fieldsFrom(params, customer !== undefined),
      ...collectedFrom(params),
      ...waysFrom(world, params, currency),
    },
  });
  checkTax(params, customer?.object);
  const placed = embed(world, blank, params);
  const place = customer?.object.address ? placeOf(world, customer.object) : undefined;
  const { default_tax_rates: usualRates = [] } = params.subscription_data ?? {};
  const basis = { items: lines, isTrial, place, usualRates };
  const object = discountSession(world, placed, params.discounts ?? [], basis);
  world.insert("checkout.session", object, {
    items: lines,
    subscription: subscriptionOf(world, params.subscription_data),
    ...(params.customer_update === undefined ? {} : { updates: params.customer_update }),
    ...(params.mode === "subscription"
      ? {}
      : {
          payment: paymentOf(
            (params.mode === "setup" ? params.setup_intent_data : params.payment_intent_data) ?? {},
          ),
        }),
  });
  world.schedule("session.expire", object.id, expiresAt);
  return object;
}

function fieldsFrom(params: Sent, hasCustomer: boolean) {
  const { mode } = params;
  return {
    allow_promotion_codes: params.allow_promotion_codes ?? null,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    ...(hasCustomer || mode === "subscription"
      ? {}
      : { customer_creation: params.customer_creation ?? ("if_required" as const) }),
    customer_email: params.customer_email ?? null,
    locale: (params.locale as "auto" | undefined) ?? null,
    metadata: mergeMetadata({}, params.metadata),
    mode,
    ...(mode === "setup" ? { amount_subtotal: null, amount_total: null, currency: null } : {}),
    payment_method_collection:
      mode === "subscription" ? (params.payment_method_collection ?? "always") : null,
    ...(mode === "setup" ? { payment_status: "no_payment_required" as const } : {}),
    submit_type: params.submit_type ?? null,
    success_url: params.success_url ?? null,
  };
}

function waysFrom(world: World, params: Sent, currency: string) {
  const { allowed_payment_method_types: allowed, excluded_payment_method_types: excluded } = params;
  const { payment_method_configuration: id } = params;
  const terms = {
    isOffered: offeredBy(world, id),
    ...(allowed === undefined ? {} : { allowed }),
    ...(excluded === undefined ? {} : { excluded }),
  };
  return {
    ...(allowed === undefined ? {} : { allowed_payment_method_types: allowed as Types }),
    ...(id && { payment_method_configuration_details: { id, parent: null } }),
    payment_method_types: waysFor(params.mode, currency, terms),
  };
}

function expiryOf(world: World, asked: number | undefined): number {
  const expiresAt = asked ?? world.now() + dayLong;
  if (expiresAt >= world.now() + 1800 && expiresAt <= world.now() + dayLong) return expiresAt;
  const message = "The `expires_at` timestamp must be between 30 minutes and 24 hours from now.";
  throw invalidRequest(message, undefined, "expires_at");
}
