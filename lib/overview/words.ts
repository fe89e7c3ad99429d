/** What the audit log's actions and our facts are called where people read them. */
const words: Readonly<Record<string, string>> = {
  "tenancy.sign-up": "created the workspace",
  "tenancy.invite-member": "invited a colleague",
  "tenancy.accept-invitation": "joined the workspace",
  "tenancy.revoke-invitation": "withdrew an invitation",
  "tenancy.change-role": "changed a role",
  "tenancy.remove-member": "removed a member",
  "tenancy.update-tenant": "changed the settings",
  "billing.start-checkout": "went to checkout",
  "billing.open-checkout": "opened the payment page",
  "billing.open-account": "opened the billing account",
  "billing.expire-checkout": "left a checkout for another",
  "billing.sync-checkout": "finished checkout",
  "billing.sync-subscription": "updated the subscription",
  "billing.sync-invoice": "updated an invoice",
  "subscription.active": "Subscription became active",
  "subscription.past_due": "Subscription is past due",
  "subscription.canceled": "Subscription ended",
  "invoice.paid": "Invoice paid",
  "invoice.payment_failed": "Payment failed",
};

/** A sentence's end for an action; one without a row reads as its own name. */
export function wordsFor(action: string): string {
  return words[action] ?? action.replace(/^.*\./, "").replaceAll(/[-_]/g, " ");
}
