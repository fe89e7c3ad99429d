import { syncCheckout } from "#lib/billing/sync-checkout";
import { syncInvoice } from "#lib/billing/sync-invoice";
import { syncSubscription } from "#lib/billing/sync-subscription";
import type { StripeEventType } from "#lib/dispatch/stripe-event-types";
import type { Converger, Convergers } from "#lib/events/converger";

/**
 * What each event is about. Events arrive late, twice and out of order, so a row converges on the
 * object and never replays a history.
 */
const table = {
  "checkout.session.completed": syncCheckout,
  "checkout.session.async_payment_succeeded": syncCheckout,
  "checkout.session.async_payment_failed": syncCheckout,
  "checkout.session.expired": syncCheckout,
  "customer.subscription.created": syncSubscription,
  "customer.subscription.updated": syncSubscription,
  "customer.subscription.deleted": syncSubscription,
  "customer.subscription.paused": syncSubscription,
  "customer.subscription.resumed": syncSubscription,
  "customer.subscription.trial_will_end": syncSubscription,
  "customer.subscription.pending_update_applied": syncSubscription,
  "customer.subscription.pending_update_expired": syncSubscription,
  "invoice.created": syncInvoice,
  "invoice.updated": syncInvoice,
  "invoice.finalized": syncInvoice,
  "invoice.finalization_failed": syncInvoice,
  "invoice.paid": syncInvoice,
  "invoice.payment_succeeded": syncInvoice,
  "invoice.payment_failed": syncInvoice,
  "invoice.payment_action_required": syncInvoice,
  "invoice.overdue": syncInvoice,
  "invoice.marked_uncollectible": syncInvoice,
  "invoice.voided": syncInvoice,
} satisfies Record<StripeEventType, Converger>;

/** The row of an event's type; undefined for one nobody acts on, which is acknowledged and kept. */
export const convergers: Convergers = (type) =>
  Object.hasOwn(table, type) ? table[type as StripeEventType] : undefined;
