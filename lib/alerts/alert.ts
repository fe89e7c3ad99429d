import { z } from "zod";

/** What a kind of fact means for the platform, and the next step. */
type AlertKind = { readonly title: string; readonly mend: string };

/** Every kind of fact that wants a person of the platform. */
export const alertKinds = {
  "dispute.opened": {
    title: "A payment is disputed",
    mend: "Evidence can be sent until the deadline; without it the dispute is lost.",
  },
  "dispute.lost": {
    title: "A dispute was lost",
    mend: "The amount and the fee are gone; look at what the tenant sells and to whom.",
  },
  "payout.failed": {
    title: "A payout failed",
    mend: "The money is back in the balance; the tenant's bank account needs a look.",
  },
  "refund.failed": {
    title: "A refund failed",
    mend: "The money is back in the balance; the customer must be paid another way.",
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
