import { currencyCode } from "#sandbox/protocol/currency";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  boolean,
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
import {
  changesOf,
  get,
  listRoute,
  mergeMetadata,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import { lineItem, oneTimeCurrency, pricedItems } from "#sandbox/resources/checkout-payment-fields";
import { lineItemsFrom } from "#sandbox/resources/checkout-session-object";
import { createSession } from "#sandbox/resources/checkout-sessions";
import { recurringCurrency } from "#sandbox/resources/checkout-subscription";
import { askedBy, handedOn } from "#sandbox/resources/payment-link-asks";
import type { CheckoutItem } from "#sandbox/store/kept";
import type { ObjectOf } from "#sandbox/store/kinds";
import { listOf as listShown, show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

type Link = ObjectOf<"payment_link">;

const fields = {
  after_completion: shape({
    type: required(oneOf(["hosted_confirmation", "redirect"])),
    hosted_confirmation: shape({ custom_message: text }),
    redirect: shape({ url: required(text) }),
  }),
  allow_promotion_codes: boolean,
  inactive_message: text,
  metadata,
  restrictions: shape({ completed_sessions: required(shape({ limit: required(integer) })) }),
} satisfies Shape;
const createFields = {
  ...fields,
  ...handedOn,
  line_items: required(listOf(lineItem)),
  currency: currencyCode,
  payment_intent_data: unbuilt,
  transfer_data: unbuilt,
} satisfies Shape;
const url = "/v1/payment_links";

/** `/v1/payment_links`: an address that opens a checkout, for anybody and again. */
export const paymentLinkRoutes: Routes = {
  [`POST ${url}`]: route(createFields, (world, params) => {
    const items = pricedItems(world, params.line_items);
    const object = linkFrom(world, params, items);
    const { line_items: _items, metadata: _metadata, ...rest } = params;
    const names = [...Object.keys(handedOn), "currency"];
    const session = Object.fromEntries(
      Object.entries(rest).filter(([name]) => names.includes(name)),
    );
    world.insert("payment_link", object, { session: { items, ...session } }, world.now());
    world.emit("payment_link.created", object);
    return show(world, object);
  }),
  [`GET ${url}`]: listRoute("payment_link", url, { active: boolean }, (_world, { active }) =>
    active === undefined ? {} : { status: active ? "active" : "inactive" },
  ),
  [`GET ${url}/:id`]: retrieveRoute("payment_link"),
  [`GET ${url}/:id/line_items`]: route({}, (world, _params, { id }) =>
    show(world, get(world, "payment_link", id).object.line_items),
  ),
  [`POST ${url}/:id`]: route({ ...fields, active: boolean }, (world, params, { id }) => {
    const row = get(world, "payment_link", id);
    const before = row.object;
    row.object = { ...before, ...changedBy(before, params) };
    if (params.active !== undefined) row.object = { ...row.object, active: params.active };
    world.save(row);
    world.emit("payment_link.updated", row.object, changesOf<"payment_link">(before, row.object));
    return show(world, row.object);
  }),
};

/** Somebody opened the link: makes the checkout it leads to, or says why there is none. */
export function openLink(world: World, id: string): { session: string } | { closed: string } {
  const { object, hidden } = get(world, "payment_link", id);
  const limit = object.restrictions?.completed_sessions.limit;
  const made = world
    .list("checkout.session")
    .filter((row) => row.object.payment_link === object.id && row.object.status === "complete");
  if (!object.active || (limit !== undefined && made.length >= limit)) {
    return { closed: object.inactive_message ?? "This link is no longer active." };
  }
  const { items: kept, ...handed } = hidden.session;
  const items = kept as CheckoutItem[];
  const isRecurring = items.some(({ price }) => world.find("price", price)?.object.recurring);
  const after = object.after_completion;
  const session = createSession(world, {
    mode: isRecurring ? "subscription" : "payment",
    ...handed,
    line_items: items.map(({ adjustable, ...item }) => ({
      ...item,
      ...(adjustable === undefined
        ? {}
        : { adjustable_quantity: { enabled: true, ...adjustable } }),
    })),
    ...(object.allow_promotion_codes ? { allow_promotion_codes: true } : {}),
    metadata: object.metadata,
    success_url: after.redirect?.url ?? `${object.url}/done`,
  });
  const row = get(world, "checkout.session", session.id);
  row.object = { ...row.object, payment_link: object.id };
  world.save(row);
  return { session: session.id };
}

function linkFrom(
  world: World,
  params: Params<typeof createFields>,
  items: readonly CheckoutItem[],
): Link {
  if (items.length === 0) {
    throw invalidRequest("Missing required param: line_items.", "parameter_missing", "line_items");
  }
  const prices = items.map(
    ({ price }, place) => get(world, "price", price, `line_items[${place}][price]`).object,
  );
  const isRecurring = prices.some(({ recurring }) => recurring !== null);
  const currency = isRecurring
    ? recurringCurrency(world, items, params.currency)
    : oneTimeCurrency(world, items, params.currency);
  const id = world.newId("plink");
  const blank: Link = {
    ...usual,
    id,
    after_completion: {
      hosted_confirmation: { custom_message: null },
      type: "hosted_confirmation",
    },
    currency,
    line_items: listShown(`${url}/${id}/line_items`, lineItemsFrom(world, items, currency)),
    submit_type: "auto",
    url: `${world.origin}/l/${world.newId("secret").split("_")[1]}`,
  };
  return { ...blank, ...askedBy(params), ...changedBy(blank, params) };
}

function changedBy(kept: Link, params: Params<typeof fields>): Partial<Link> {
  const { after_completion: after, allow_promotion_codes, inactive_message, restrictions } = params;
  return {
    ...(allow_promotion_codes === undefined ? {} : { allow_promotion_codes }),
    ...(after === undefined
      ? {}
      : {
          after_completion: {
            ...(after.type === "redirect"
              ? { redirect: after.redirect ?? { url: "" } }
              : {
                  hosted_confirmation: {
                    custom_message: after.hosted_confirmation?.custom_message ?? null,
                  },
                }),
            type: after.type,
          },
        }),
    ...(inactive_message === undefined ? {} : { inactive_message }),
    metadata: mergeMetadata(kept.metadata, params.metadata),
    ...(restrictions === undefined
      ? {}
      : {
          restrictions: {
            completed_sessions: { count: 0, limit: restrictions.completed_sessions.limit },
          },
        }),
  };
}

const usual = {
  object: "payment_link" as const,
  active: true,
  allow_promotion_codes: false,
  application: null,
  application_fee_amount: null,
  application_fee_percent: null,
  automatic_tax: { enabled: false, liability: null },
  billing_address_collection: "auto" as const,
  consent_collection: null,
  custom_fields: [],
  custom_text: {
    after_submit: null,
    shipping_address: null,
    submit: null,
    terms_of_service_acceptance: null,
  },
  customer_creation: "if_required" as const,
  inactive_message: null,
  invoice_creation: null,
  livemode: false,
  managed_payments: null,
  metadata: {},
  on_behalf_of: null,
  payment_intent_data: null,
  payment_method_collection: "always" as const,
  payment_method_options: null,
  payment_method_types: null,
  phone_number_collection: { enabled: false },
  restrictions: null,
  shipping_address_collection: null,
  shipping_options: [],
  subscription_data: null,
  tax_id_collection: { enabled: false, required: "never" as const },
  transfer_data: null,
};
