import { subscriptionStatuses } from "#lib/billing/subscription";
import type { VersionRow } from "#lib/catalog/read-version";
import { itemsOn } from "#lib/migrations/target-items";
import type { LiveSubscription } from "#lib/stripe/gateway-subscriptions";

type Versions = { fromVersion: VersionRow; toVersion: VersionRow };

/**
 * Why a subscriber is passed over as it stands, or null. By the mirror it is what the dry run
 * expects; by Stripe's word of the moment it is what holds.
 */
export function whyNot(
  live: LiveSubscription,
  { fromVersion, toVersion }: Versions,
  { isScheduleOurs = false }: { isScheduleOurs?: boolean } = {},
): string | null {
  const standing = subscriptionStatuses[live.status as keyof typeof subscriptionStatuses];
  if (!standing?.isLive) return `It is ${live.status}.`;
  if (live.status === "paused" || live.status === "unpaid") {
    return `It is ${live.status}: move it once it goes on.`;
  }
  if (live.cancelAt) return `It ends on ${live.cancelAt.toISOString().slice(0, 10)}.`;
  if (live.pendingUntil) return "A change of its own waits to be paid.";
  if (live.scheduleId && !isScheduleOurs) return "A change of its own is planned.";
  const isElsewhere = itemsOn(live, fromVersion).length + itemsOn(live, toVersion).length === 0;
  return isElsewhere ? "It is on another version by now." : null;
}
