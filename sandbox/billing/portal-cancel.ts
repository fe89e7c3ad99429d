import { dueUsage } from "#sandbox/billing/advance-subscription";
import { keepAll } from "#sandbox/billing/bill-changes";
import { endSubscription } from "#sandbox/billing/end-subscription";
import { itemsOf } from "#sandbox/billing/items";
import { prorationLines } from "#sandbox/billing/prorate-item";
import { cancellationDetails } from "#sandbox/resources/cancellation-details";
import { updateSubscription } from "#sandbox/resources/subscription-update";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** Cancels as a portal's configuration says: at once, or when the period ends. */
export function cancelFromPortal(
  world: World,
  row: Row<"subscription">,
  how: { mode: string; behavior: string; feedback: string },
): void {
  const details = cancellationDetails.read({ feedback: how.feedback }, "cancellation_details");
  if (how.mode === "at_period_end") {
    updateSubscription(world, row, { cancel_at_period_end: true, cancellation_details: details });
    return;
  }
  const credits =
    how.behavior === "none"
      ? []
      : itemsOf(world, row.object.id).flatMap((item) => prorationLines(world, item, null));
  keepAll(world, row.object, credits);
  const owed = dueUsage(world, row.object);
  endSubscription(world, row, "cancellation_requested", owed, details);
}
