import type { Fact, Owned } from "#lib/events/converger";
import type { StripeSubscription } from "#lib/stripe/objects";
import { idOf, instantFrom } from "#lib/stripe/objects";

/** Stripe tells of a trial's end three days before it, or at once where it is shorter. */
const trialNoticeMs = 3 * 86_400_000;
/** Its clock and its count of days are not to the second. */
const slackMs = 3_600_000;

/** What a subscription as it stands makes a fact: on, behind, over, or its trial about to end. */
export function subscriptionFacts(
  { object, tenantId, instant }: Owned<StripeSubscription>,
  versionId: string | null,
): Fact[] {
  const { id, status, latest_invoice: invoice } = object;
  const fact = (kind: string, reference: string, more: Fact["data"] = {}): Fact => {
    return { kind, reference, tenantId, data: { status, versionId, ...more } };
  };
  if (status === "active" || status === "trialing") {
    const isOn = fact("subscription.active", `subscription:${id}:active`);
    const trialEnd = status === "trialing" ? object.trial_end : null;
    const at = trialEnd === null ? null : instantFrom(trialEnd);
    if (at === null || at.getTime() - instant.getTime() > trialNoticeMs + slackMs) return [isOn];
    // Named by the day, so that a trial made longer is told of again.
    const ends = `subscription:${id}:trial_ending:${trialEnd}`;
    return [isOn, fact("subscription.trial_ending", ends, { trialEndsAt: at.toISOString() })];
  }
  if (status === "past_due") {
    return [fact("subscription.past_due", `subscription:${id}:past_due:${idOf(invoice) ?? ""}`)];
  }
  if (status === "canceled") {
    const over = fact("subscription.canceled", `subscription:${id}:canceled`);
    return [object.ended_at === null ? over : { ...over, at: instantFrom(object.ended_at) }];
  }
  return [];
}
