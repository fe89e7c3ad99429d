import { addedItemsParam, addInvoiceItems } from "#sandbox/billing/added-items";
import { billNow } from "#sandbox/billing/bill-changes";
import { changeSubscription } from "#sandbox/billing/change-subscription";
import { lastDecline } from "#sandbox/billing/collect-invoice";
import { discountParam } from "#sandbox/billing/discounts";
import { itemsOf, scheduleBilling, scheduleNext } from "#sandbox/billing/items";
import { holdUpdate } from "#sandbox/billing/pending-update";
import { sharingFields, sharingFrom } from "#sandbox/billing/sharing";
import { ratesNamed } from "#sandbox/billing/tax-rates";
import { declineError, methodNamed } from "#sandbox/payments/card";
import { invalidRequest } from "#sandbox/protocol/errors";
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
  unsettable,
} from "#sandbox/protocol/params";
import { get, mergeMetadata } from "#sandbox/protocol/route";
import { automaticTaxParam } from "#sandbox/resources/invoice-fields";
import { billingFields, billingFrom } from "#sandbox/resources/subscription-billing";
import { noLocation, trialSettings } from "#sandbox/resources/subscription-create";
import { changeTrial, restartNow } from "#sandbox/resources/subscription-cycle";
import { endReplaced, giveInstead } from "#sandbox/resources/subscription-discounts";
import { billEnding, endingFields, endingFrom } from "#sandbox/resources/subscription-ending";
import { itemChangeFields } from "#sandbox/resources/subscription-item-fields";
import { behaviors, changeItems } from "#sandbox/resources/subscription-items";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** What updating a subscription takes. */
export const updateFields = {
  ...endingFields,
  collection_method: oneOf(["charge_automatically", "send_invoice"]),
  days_until_due: integer,
  default_payment_method: unsettable(text),
  description: unsettable(text),
  items: listOf(shape(itemChangeFields)),
  metadata,
  off_session: boolean,
  payment_behavior: oneOf([
    "allow_incomplete",
    "default_incomplete",
    "error_if_incomplete",
    "pending_if_incomplete",
  ]),
  proration_behavior: behaviors,
  trial_settings: trialSettings,
  add_invoice_items: addedItemsParam,
  ...sharingFields,
  automatic_tax: automaticTaxParam,
  billing_cycle_anchor: shape({ type: required(oneOf(["now", "unchanged"])) }),
  default_tax_rates: unsettable(listOf(text)),
  discounts: unsettable(listOf(discountParam)),
  pause_collection: unsettable(
    shape({
      behavior: required(oneOf(["keep_as_draft", "mark_uncollectible", "void"])),
      resumes_at: integer,
    }),
  ),
  ...billingFields,
  proration_date: integer,
  trial_end: either(integer, oneOf(["now"])),
} satisfies Shape;

type Sent = Params<typeof updateFields>;
type Subscription = ObjectOf<"subscription">;

/** Changes a subscription: its own fields in one event, its items in another. */
export function updateSubscription(
  world: World,
  row: Row<"subscription">,
  params: Sent,
): Row<"subscription"> {
  if (["canceled", "incomplete_expired"].includes(row.object.status)) {
    const isLabel = Object.keys(params).every((name) => name === "metadata");
    if (!isLabel) {
      throw invalidRequest(
        "A canceled subscription can only update its cancellation_details and metadata.",
        "subscription_canceled",
      );
    }
  }
  const { discounts: before } = row.object;
  if (params.discounts !== undefined) giveInstead(world, row, params.discounts ?? []);
  const { cancel_at: endedAt } = row.object;
  changeSubscription(world, row, {
    ...fieldsFrom(world, row.object, params),
    ...endingFrom(world, row.object, params),
  });
  if (row.object.cancel_at !== endedAt) billEnding(world, row, params.proration_behavior);
  scheduleNext(world, row.object);
  if (params.pending_invoice_item_interval !== undefined) scheduleBilling(world, row.object);
  const how = { behavior: params.proration_behavior, date: params.proration_date };
  if (params.add_invoice_items !== undefined) {
    addInvoiceItems(world, row.object, params.add_invoice_items);
  }
  const latest = row.object.latest_invoice;
  if (params.trial_end !== undefined) changeTrial(world, row, params.trial_end, how);
  const isRestart = params.billing_cycle_anchor?.type === "now";
  const isOne = isRestart && params.items !== undefined && row.object.status !== "trialing";
  if (params.items !== undefined) changeItemsOf(world, row, params, { restarts: isOne, before });
  if (isRestart && !isOne) restartNow(world, row, how);
  const isBilled = row.object.latest_invoice !== latest;
  if (params.add_invoice_items && how.behavior === "always_invoice" && !isBilled) {
    billPending(world, row);
  }
  endReplaced(world, row, before);
  return row;
}

// What is billed once is billed now, though nothing else changed that is.
function billPending(world: World, row: Row<"subscription">): void {
  const invoice = billNow(world, row.object, []);
  Object.assign(row, get(world, "subscription", row.object.id));
  if (invoice !== undefined) changeSubscription(world, row, { latest_invoice: invoice });
}

function changeItemsOf(
  world: World,
  row: Row<"subscription">,
  params: Sent,
  { restarts, before: discounts }: { restarts: boolean; before: readonly string[] },
): void {
  const before = itemsOf(world, row.object.id);
  const { proration_behavior: behavior, proration_date: date } = params;
  const latest = row.object.latest_invoice;
  changeItems(world, row, params.items ?? [], { behavior, date, restarts });
  const invoice = world.find("invoice", row.object.latest_invoice ?? "");
  if (invoice === undefined || invoice.object.id === latest || invoice.object.status !== "open") {
    return;
  }
  if (params.payment_behavior === "pending_if_incomplete") {
    holdUpdate(world, row, before, discounts);
  }
  if (params.payment_behavior === "error_if_incomplete") {
    throw declineError(lastDecline(world, invoice));
  }
}

function fieldsFrom(world: World, kept: Subscription, params: Sent): Partial<Subscription> {
  const { collection_method, days_until_due, description, trial_settings } = params;
  const { automatic_tax: tax, default_payment_method: method, pause_collection: pause } = params;
  return {
    ...sharingFrom(world, params, kept),
    ...billingFrom(world, params, kept),
    ...(tax === undefined ? {} : { automatic_tax: taxFrom(world, kept, tax.enabled) }),
    ...(pause === undefined ? {} : { pause_collection: pauseFrom(world, kept, pause) }),
    ...(params.default_tax_rates === undefined
      ? {}
      : { default_tax_rates: ratesNamed(world, params.default_tax_rates ?? []) }),
    ...(collection_method === undefined ? {} : { collection_method }),
    ...(days_until_due === undefined ? {} : { days_until_due }),
    ...(description === undefined ? {} : { description }),
    ...(method === undefined ? {} : { default_payment_method: methodOf(world, method) }),
    ...(trial_settings === undefined
      ? {}
      : {
          trial_settings: {
            end_behavior: { billing_cycle_anchor: null, ...trial_settings.end_behavior },
          },
        }),
    metadata: mergeMetadata(kept.metadata, params.metadata),
  };
}

function taxFrom(world: World, { customer }: Subscription, enabled: boolean) {
  const { address } = get(world, "customer", customer).object;
  if (enabled && !address?.country) throw noLocation();
  const liability = enabled ? { type: "self" as const } : null;
  return { disabled_reason: null, enabled, liability };
}

function pauseFrom(
  world: World,
  { id }: Subscription,
  pause: NonNullable<Sent["pause_collection"]> | null,
): Subscription["pause_collection"] {
  world.unschedule("subscription.resume-collection", id);
  if (pause === null) return null;
  const { behavior, resumes_at: at } = pause;
  if (at !== undefined) world.schedule("subscription.resume-collection", id, at);
  return { behavior, resumes_at: at ?? null };
}

function methodOf(world: World, id: string | null): string | null {
  return id === null ? null : methodNamed(world, id, "default_payment_method").object.id;
}
