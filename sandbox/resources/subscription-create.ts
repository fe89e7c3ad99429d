import { addedItemsParam } from "#sandbox/billing/added-items";
import { discountParam } from "#sandbox/billing/discounts";
import { withPrices } from "#sandbox/billing/inline-price";
import { checkedPrices } from "#sandbox/billing/items";
import { itemAmount } from "#sandbox/billing/lines";
import { sharingFields, sharingFrom } from "#sandbox/billing/sharing";
import type { StartInput } from "#sandbox/billing/start-subscription";
import { ratesNamed } from "#sandbox/billing/tax-rates";
import { checkTrial } from "#sandbox/billing/trial-limits";
import { attachMethod, methodNamed } from "#sandbox/payments/card";
import { currencyCode } from "#sandbox/protocol/currency";
import { invalidRequest, notBuilt } from "#sandbox/protocol/errors";
import {
  boolean,
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
import { customerNamedBy } from "#sandbox/resources/customer-named";
import { automaticTaxParam } from "#sandbox/resources/invoice-fields";
import {
  anchorConfigParam,
  anchorFrom,
  billingFields,
  billingFrom,
} from "#sandbox/resources/subscription-billing";
import { cancelAtParam } from "#sandbox/resources/subscription-ending";
import { itemTerms } from "#sandbox/resources/subscription-item-fields";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

export const trialSettings = shape({
  end_behavior: required(
    shape({ missing_payment_method: required(oneOf(["cancel", "create_invoice", "pause"])) }),
  ),
});

/** What creating a subscription takes. */
export const createSubscriptionFields = {
  customer: text,
  customer_account: text,
  items: required(listOf(shape(itemTerms))),
  billing_cycle_anchor: integer,
  billing_mode: shape({ type: required(oneOf(["flexible"])) }),
  cancel_at: cancelAtParam,
  cancel_at_period_end: boolean,
  collection_method: oneOf(["charge_automatically", "send_invoice"]),
  currency: currencyCode,
  days_until_due: integer,
  default_payment_method: text,
  description: text,
  metadata,
  off_session: boolean,
  payment_behavior: oneOf(["allow_incomplete", "default_incomplete", "error_if_incomplete"]),
  payment_settings: shape({
    save_default_payment_method: oneOf(["off", "on_subscription"]),
    payment_method_types: unbuilt,
    payment_method_options: unbuilt,
  }),
  proration_behavior: oneOf(["always_invoice", "create_prorations", "none"]),
  trial_end: either(integer, oneOf(["now"])),
  trial_period_days: integer,
  trial_settings: trialSettings,
  add_invoice_items: addedItemsParam,
  ...sharingFields,
  automatic_tax: automaticTaxParam,
  ...billingFields,
  backdate_start_date: integer,
  billing_cycle_anchor_config: anchorConfigParam,
  default_tax_rates: unsettable(listOf(text)),
  discounts: unsettable(listOf(discountParam)),
  trial_from_plan: boolean,
} satisfies Shape;

type Sent = Params<typeof createSubscriptionFields>;

/** Checks a request for a subscription, before anything of it is written. */
export function startInputFrom(world: World, params: Sent): StartInput {
  const customer = customerNamedBy(world, params);
  if (customer === undefined) {
    throw invalidRequest("Missing required param: customer.", "parameter_missing", "customer");
  }
  const items = withPrices(world, params.items, "items");
  const currency = checkedPrices(world, items, "items", {
    asked: params.currency,
    usual: customer.object.currency,
  });
  const trialEnd = trialEndFrom(world, params, items);
  const backdated = startDateFrom(world, params, trialEnd);
  const sentAnchor = params.billing_cycle_anchor_config;
  const anchored = sentAnchor && anchorFrom(world.now(), sentAnchor);
  const isSent = params.collection_method === "send_invoice";
  if (isSent && params.days_until_due === undefined) {
    const message = "You must specify `days_until_due` when `collection_method` is `send_invoice`.";
    throw invalidRequest(message, "parameter_missing", "days_until_due");
  }
  if (params.automatic_tax?.enabled && !customer.object.address?.country) throw noLocation();
  const method = methodOf(world, customer, params);
  const waits = params.payment_behavior === "default_incomplete";
  const needsMethod = trialEnd === null && !isSent && !waits && isPayable(world, items, currency);
  if (method === undefined && needsMethod) throw noPaymentMethod();
  return {
    customer,
    items,
    added: params.add_invoice_items ?? [],
    discounts: params.discounts ?? [],
    currency,
    method,
    defaultMethod: params.default_payment_method === undefined ? null : (method?.object.id ?? null),
    trialEnd,
    endsWithPeriod: params.cancel_at_period_end ?? false,
    ...(typeof params.cancel_at === "string" ? { endsAt: params.cancel_at } : {}),
    anchor: params.billing_cycle_anchor ?? anchored?.at,
    ...(backdated === undefined ? {} : { startDate: backdated }),
    prorates: params.proration_behavior !== "none",
    fields: {
      ...fieldsFrom(world, params),
      ...(anchored === undefined ? {} : { billing_cycle_anchor_config: anchored.config }),
    },
    collects: !waits,
    session: { isOffSession: params.off_session ?? false, isAuthenticated: false },
  };
}

function fieldsFrom(world: World, params: Sent): StartInput["fields"] {
  const { collection_method, days_until_due, description, trial_settings } = params;
  const saves = params.payment_settings?.save_default_payment_method;
  const { automatic_tax: tax, default_tax_rates: rates } = params;
  return {
    ...sharingFrom(world, params),
    ...billingFrom(world, params),
    ...(rates ? { default_tax_rates: ratesNamed(world, rates) } : {}),
    ...(tax === undefined
      ? {}
      : { automatic_tax: { disabled_reason: null, enabled: tax.enabled, liability: selfLiable } }),
    ...(collection_method === undefined ? {} : { collection_method }),
    ...(days_until_due === undefined ? {} : { days_until_due }),
    ...(description === undefined ? {} : { description }),
    ...(typeof params.cancel_at === "number" ? { cancel_at: params.cancel_at } : {}),
    ...(saves === undefined
      ? {}
      : {
          payment_settings: {
            payment_method_options: null,
            payment_method_types: null,
            save_default_payment_method: saves,
          },
        }),
    ...(trial_settings === undefined
      ? {}
      : {
          trial_settings: {
            end_behavior: { billing_cycle_anchor: null, ...trial_settings.end_behavior },
          },
        }),
    metadata: mergeMetadata({}, params.metadata),
  };
}

const selfLiable = { type: "self" as const };

function startDateFrom(world: World, params: Sent, trialEnd: number | null): number | undefined {
  const { backdate_start_date: start } = params;
  if (start === undefined) return undefined;
  if (start > world.now()) {
    const message = "`backdate_start_date` must be in the past.";
    throw invalidRequest(message, undefined, "backdate_start_date");
  }
  if (trialEnd === null) return start;
  throw notBuilt("Backdating a subscription that begins with a trial", "backdate_start_date");
}

function trialEndFrom(world: World, params: Sent, items: StartInput["items"]): number | null {
  const { trial_end, trial_period_days, trial_from_plan: isUsual } = params;
  checkTrial(world, params);
  const usual = items.map(
    ({ price }) => world.find("price", price)?.object.recurring?.trial_period_days ?? 0,
  );
  const days = trial_period_days ?? (isUsual ? Math.max(...usual) : undefined);
  if (trial_end === "now") return null;
  if (typeof trial_end === "number") return trial_end;
  return days === undefined || days === 0 ? null : world.now() + days * 86_400;
}

// A test token named as the default is made a card of the customer's own first.
function methodOf(
  world: World,
  customer: Row<"customer">,
  params: Sent,
): Row<"payment_method"> | undefined {
  const param = "default_payment_method";
  if (params.default_payment_method !== undefined) {
    const row = methodNamed(world, params.default_payment_method, param);
    if (row.object.customer === customer.object.id) return row;
    if (params.default_payment_method.startsWith("pm_card_")) {
      return attachMethod(world, row, customer.object);
    }
    const message =
      "The customer does not have a payment method with the ID " +
      `${row.object.id}. The payment method must be attached to the customer.`;
    throw invalidRequest(message, "resource_missing", param);
  }
  const kept = customer.object.invoice_settings.default_payment_method;
  return kept === null ? undefined : world.find("payment_method", kept);
}

function isPayable(world: World, items: StartInput["items"], currency: string): boolean {
  return items.some(({ price, quantity }) => {
    const found = world.find("price", price);
    if (found?.object.recurring?.usage_type === "metered") return false;
    return itemAmount(world, price, quantity ?? 1, currency) > 0n;
  });
}

/** Stripe's answer where tax is left to it and nobody knows where the customer is. */
export function noLocation() {
  return invalidRequest(
    "The customer's location isn't recognized. Set a valid customer address in order to " +
      "automatically calculate tax.",
    "customer_tax_location_invalid",
  );
}

/** Stripe's answer where a payment method is needed and none is known. */
export function noPaymentMethod() {
  return invalidRequest(
    "This customer has no attached payment source or default payment method. Please consider " +
      "adding a default payment method. For more information, visit " +
      "https://stripe.com/docs/billing/subscriptions/payment-methods-setting.",
    "resource_missing",
  );
}
