import { z } from "zod";

/** What a kind of fact means for the platform, and the next step. */
export type AlertKind = {
  readonly title: string;
  readonly mend: string;
  /** Those who look after it are told of many at once, in a mail of its own. */
  readonly isInDigest?: true;
};

/** Every kind of fact that wants a person of the platform. */
export const alertKinds = {
  "account.restricted": {
    title: "Stripe stopped a tenant's payments",
    mend: "Something is overdue or was refused; its page says what, and the tenant was written to.",
  },
  "account.deadline_near": {
    title: "What Stripe asks of a tenant is due soon",
    mend: "It was reminded; without it what is said there stops. A call may help more than a mail.",
    isInDigest: true,
  },
  "account.closed": {
    title: "A tenant's account was closed at Stripe",
    mend: "It takes no payments any more; speak with the tenant before another is opened.",
  },
  "account.disconnected": {
    title: "A tenant disconnected its account at Stripe",
    mend: "It sells nothing here until it is connected again; its page says how.",
  },
  "account.reconnect_asked": {
    title: "A tenant asks to be connected again",
    mend: "Only we can offer the way back; its page says which it is for its kind of account.",
  },
  "account.appealed": {
    title: "A tenant appeals a hold",
    mend: "Read what it says on its page, and grant it or say why not.",
  },
  "dispute.opened": {
    title: "A payment is disputed",
    mend: "Evidence can be sent until the deadline; without it the dispute is lost.",
  },
  "dispute.lost": {
    title: "A dispute was lost",
    mend: "The amount and the fee are gone; look at what the tenant sells and to whom.",
  },
  "fraud_warning.received": {
    title: "A card's bank warns of fraud",
    mend: "Most such payments are disputed; a refund by the tenant keeps it from that.",
  },
  "platform_dispute.opened": {
    title: "A payment to us is disputed",
    mend: "A tenant's bank took back what it paid for its plan. Answer it on its page in time.",
  },
  "platform_dispute.lost": {
    title: "A dispute of a payment to us was lost",
    mend: "The amount and the fee are gone; look at the tenant's plan and what it owes.",
  },
  "platform_fraud_warning.received": {
    title: "A card's bank warns of fraud in a payment to us",
    mend: "Most such payments are disputed; a refund of the invoice keeps it from that.",
  },
  "payout.failed": {
    title: "A payout failed",
    mend: "The money is back in the balance; the tenant's bank account needs a look.",
  },
  "refund.failed": {
    title: "A refund failed",
    mend: "The money is back in the balance; the customer must be paid another way.",
  },
  "sale.settling_failed": {
    title: "A payment was not passed on",
    mend: "Stripe refused to send a tenant its share, or the fee's; its page says why. It is tried again.",
  },
  "usage.refused": {
    title: "Stripe did not count some usage",
    mend: "It will not be billed until it is sent again; Usage says which, and why.",
  },
  "reconciliation.break": {
    title: "The books and Stripe differ",
    mend: "Reconciliation shows both sides, the likely cause and what mends it.",
  },
  "usage.drifted": {
    title: "Stripe's count of a meter is not ours",
    mend: "The bill of this period would be wrong; Usage shows both counts.",
  },
  "ledger.unexplained": {
    title: "Money moved for a reason no rule knows",
    mend: "The balance is right and the entry is in suspense; Reconciliation shows what it is.",
  },
} as const satisfies Record<string, AlertKind>;

export type AlertKindName = keyof typeof alertKinds;
export const alertKindNames = Object.keys(alertKinds) as AlertKindName[];

/** True where a fact of this kind raises an alert. */
export function isAlertKind(kind: string): kind is AlertKindName {
  return Object.hasOwn(alertKinds, kind);
}

const dayMs = 86_400_000;

/** What happened longer ago is listed and mailed to nobody. */
export const mailedWithinMs = 7 * dayMs;

export const acknowledgeInput = z.object({
  note: z
    .string()
    .trim()
    .min(3, "Say in a few words what was done.")
    .max(500, "Say it in 500 characters."),
});
