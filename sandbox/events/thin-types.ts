import type { EventType } from "#sandbox/events/emit";

/** How the types of snapshot events begin that Stripe sends no notification of. */
const snapshotOnly = [
  ...["apps.", "customer.source.", "reporting.", "reserve.", "source.mandate_notification"],
  ...["source.transaction.", "three_d_secure.", "treasury."],
  "financial_connections.authorization.",
];

/** Notifications that name no object: there is none, or none that could be read. */
const aboutNothing = new Set([
  ...["account.application.authorized", "account.application.deauthorized"],
  ...["account.external_account.created", "account.external_account.deleted"],
  ...["account.external_account.updated", "billing_portal.session.created"],
  ...["entitlements.active_entitlement_summary.updated", "invoice.upcoming"],
]);

/** Whether a snapshot event has a notification beside it, of the same name after `v1.`. */
export function hasThin(type: EventType): boolean {
  return !snapshotOnly.some((beginning) => type.startsWith(beginning));
}

/** Whether a notification says which object it is about. */
export function namesObject(type: EventType): boolean {
  return !aboutNothing.has(type);
}
