import { changeSubscription } from "#sandbox/billing/change-subscription";
import { discountParam } from "#sandbox/billing/discounts";
import { itemsOf, scheduleNext } from "#sandbox/billing/items";
import { methodNamed } from "#sandbox/payments/card";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  boolean,
  integer,
  listOf,
  metadata,
  oneOf,
  type Params,
  type Shape,
  shape,
  text,
  unbuilt,
  unsettable,
} from "#sandbox/protocol/params";
import { mergeMetadata } from "#sandbox/protocol/route";
import { trialSettings } from "#sandbox/resources/subscription-create";
import { replaceDiscounts } from "#sandbox/resources/subscription-discounts";
import { behaviors, changeItems, itemChangeFields } from "#sandbox/resources/subscription-items";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** What updating a subscription takes. */
export const updateFields = {
  cancel_at: unsettable(integer),
  cancel_at_period_end: boolean,
  cancellation_details: shape({ comment: unsettable(text), feedback: unsettable(text) }),
  collection_method: oneOf(["charge_automatically", "send_invoice"]),
  days_until_due: integer,
  default_payment_method: unsettable(text),
  description: unsettable(text),
  items: listOf(shape(itemChangeFields)),
  metadata,
  off_session: boolean,
  payment_behavior: oneOf(["allow_incomplete", "default_incomplete", "error_if_incomplete"]),
  proration_behavior: behaviors,
  trial_settings: trialSettings,
  add_invoice_items: unbuilt,
  application_fee_percent: unbuilt,
  automatic_tax: unbuilt,
  billing_cycle_anchor: unbuilt,
  default_tax_rates: unbuilt,
  discounts: unsettable(listOf(discountParam)),
  pause_collection: unbuilt,
  pending_invoice_item_interval: unbuilt,
  proration_date: unbuilt,
  transfer_data: unbuilt,
  trial_end: unbuilt,
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
  if (params.discounts !== undefined) {
    replaceDiscounts(world, row, params.discounts ?? []);
  }
  changeSubscription(world, row, {
    ...fieldsFrom(world, row.object, params),
    ...cancelFrom(world, row.object, params),
  });
  scheduleNext(world, row.object);
  if (params.items !== undefined) {
    changeItems(world, row, params.items, params.proration_behavior ?? "create_prorations");
  }
  return row;
}

function fieldsFrom(world: World, kept: Subscription, params: Sent): Partial<Subscription> {
  const { collection_method, days_until_due, description, trial_settings } = params;
  const method = params.default_payment_method;
  return {
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

function methodOf(world: World, id: string | null): string | null {
  return id === null ? null : methodNamed(world, id, "default_payment_method").object.id;
}

// Ending with the period is kept as an instant too: `cancel_at` is when the period ends.
function cancelFrom(world: World, kept: Subscription, params: Sent): Partial<Subscription> {
  const { cancel_at, cancel_at_period_end: atEnd, cancellation_details: details } = params;
  const isSet = atEnd === true || typeof cancel_at === "number";
  const isUnset = atEnd === false || cancel_at === null;
  if (!isSet && !isUnset && details === undefined) return {};
  const ends = itemsOf(world, kept.id).map(({ object }) => object.current_period_end);
  const blank = { comment: null, feedback: null, feedback_option: null, reason: null };
  const reason = isSet ? ("cancellation_requested" as const) : isUnset ? null : undefined;
  return {
    ...(isSet
      ? {
          cancel_at: typeof cancel_at === "number" ? cancel_at : Math.max(...ends),
          cancel_at_period_end: atEnd ?? false,
          canceled_at: world.now(),
        }
      : {}),
    ...(isUnset ? { cancel_at: null, cancel_at_period_end: false, canceled_at: null } : {}),
    cancellation_details: {
      ...blank,
      ...kept.cancellation_details,
      ...(details as Partial<NonNullable<Subscription["cancellation_details"]>>),
      ...(reason === undefined ? {} : { reason }),
    },
  };
}
