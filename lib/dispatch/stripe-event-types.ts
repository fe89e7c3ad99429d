/**
 * Every event we act on; the webhook endpoints subscribe to exactly these. `stripe-events.ts` says
 * what each does, and does not compile while one is missing.
 */
export const stripeEventTypes = [
  "checkout.session.completed",
  "checkout.session.async_payment_succeeded",
  "checkout.session.async_payment_failed",
  "checkout.session.expired",
  "customer.subscription.created",
  "customer.subscription.updated",
  "customer.subscription.deleted",
  "customer.subscription.paused",
  "customer.subscription.resumed",
  "customer.subscription.trial_will_end",
  "customer.subscription.pending_update_applied",
  "customer.subscription.pending_update_expired",
  "invoice.created",
  "invoice.updated",
  "invoice.finalized",
  "invoice.finalization_failed",
  "invoice.paid",
  "invoice.payment_succeeded",
  "invoice.payment_failed",
  "invoice.payment_action_required",
  "invoice.overdue",
  "invoice.marked_uncollectible",
  "invoice.voided",
] as const;

export type StripeEventType = (typeof stripeEventTypes)[number];
