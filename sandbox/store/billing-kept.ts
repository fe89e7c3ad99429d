/** What Stripe's dashboard decides of billing, and here the admin plane. */
export interface BillingSettings {
  id: "billing";
  object: "local.billing";
  /** What becomes of a subscription whose renewal was tried in vain to the end. */
  after_retries: "cancel" | "unpaid" | "past_due";
  /** How many days before a subscription bills its invoice is announced; never without. */
  upcoming_days: number | null;
  /** How many days before an invoice is due that is said; never without. */
  will_be_due_days: number | null;
}

/** A change that waits for its payment, as the rows it will become. */
export interface KeptPendingUpdate {
  id: string;
  object: "local.pending_update";
  invoice: string;
  /** The items after the change, as they are kept, by their ids. */
  items: Record<string, { json: string; hidden: string }>;
  added: string[];
  removed: string[];
}
