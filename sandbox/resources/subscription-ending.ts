import { billChanges, type ProrationBehavior } from "#sandbox/billing/bill-changes";
import { changeSubscription } from "#sandbox/billing/change-subscription";
import { endOf } from "#sandbox/billing/item-period";
import { itemsOf } from "#sandbox/billing/items";
import { moveEnd } from "#sandbox/billing/prorate-item";
import { boolean, either, integer, oneOf, type Shape, unsettable } from "#sandbox/protocol/params";
import { get } from "#sandbox/protocol/route";
import { cancellationDetails, checkedDetails } from "#sandbox/resources/cancellation-details";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Subscription = ObjectOf<"subscription">;
type CancelAt = ReturnType<typeof cancelAtParam.read>;

/** When a subscription is to end: at an instant, or with a period of its items. Nothing is billed
 *  beyond its items' periods, so what is billed the longest ends with the longest of them. */
export const cancelAtParam = either(
  integer,
  oneOf(["max_billed_until", "max_period_end", "min_period_end"]),
);

/** What ends a subscription later, or keeps it. */
export const endingFields = {
  cancel_at: unsettable(cancelAtParam),
  cancel_at_period_end: boolean,
  cancellation_details: cancellationDetails,
} satisfies Shape;
interface Sent {
  cancel_at?: CancelAt | null;
  cancel_at_period_end?: boolean;
  cancellation_details?: ReturnType<typeof cancellationDetails.read>;
}

/** The instant that is meant. */
export function cancelAtOf(sent: CancelAt, ends: readonly number[]): number {
  if (typeof sent === "number") return sent;
  return sent === "min_period_end" ? Math.min(...ends) : Math.max(...ends);
}

/** The fields of a subscription that say when it ends. Ending with the period is kept as an instant
 *  too: `cancel_at` is when the period ends. */
export function endingFrom(world: World, kept: Subscription, params: Sent): Partial<Subscription> {
  const { cancel_at, cancel_at_period_end: atEnd, cancellation_details: details } = params;
  const isTimed = cancel_at !== null && cancel_at !== undefined;
  const isSet = atEnd === true || isTimed;
  const isUnset = atEnd === false || cancel_at === null;
  if (!isSet && !isUnset && details === undefined) return {};
  const ends = itemsOf(world, kept.id).map(({ object }) => object.current_period_end);
  const blank = { comment: null, feedback: null, feedback_option: null, reason: null };
  const reason = isSet ? ("cancellation_requested" as const) : isUnset ? null : undefined;
  return {
    ...(isSet
      ? {
          cancel_at: isTimed ? cancelAtOf(cancel_at, ends) : Math.max(...ends),
          cancel_at_period_end: atEnd ?? false,
          canceled_at: world.now(),
        }
      : {}),
    ...(isUnset ? { cancel_at: null, cancel_at_period_end: false, canceled_at: null } : {}),
    cancellation_details: {
      ...blank,
      ...kept.cancellation_details,
      ...checkedDetails(world, details),
      ...(reason === undefined ? {} : { reason }),
    },
  };
}

/** Bills what moving the end of a subscription within its period comes to. */
export function billEnding(
  world: World,
  row: Row<"subscription">,
  behavior: ProrationBehavior = "create_prorations",
): void {
  if (behavior === "none" || row.object.status === "trialing") return;
  const lines = itemsOf(world, row.object.id).flatMap((item) =>
    moveEnd(world, item, Math.max(world.now(), endOf(row.object, item.object))),
  );
  const invoice = billChanges(world, row.object, lines, behavior);
  if (invoice === undefined) return;
  Object.assign(row, get(world, "subscription", row.object.id));
  changeSubscription(world, row, { latest_invoice: invoice });
}
