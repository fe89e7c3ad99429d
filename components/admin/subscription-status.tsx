import { Status } from "#components/ui/status";
import { type SubscriptionStatus as State, subscriptionStatuses } from "#lib/billing/subscription";

/** How a subscription stands, or that there never was one. */
export function SubscriptionStatus({ of }: { of: State | "none" }) {
  if (of === "none") return <span className="text-muted">none</span>;
  return <Status of={of}>{subscriptionStatuses[of].word}</Status>;
}
