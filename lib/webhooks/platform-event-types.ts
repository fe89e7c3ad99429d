import { z } from "zod";
import { type EventType, type } from "#lib/webhooks/event-types";

const ofBreak = z.object({
  ...{ breakId: z.string(), book: z.string(), tenantId: z.string().nullable() },
  ...{ check: z.string(), breakKind: z.string(), reference: z.string() },
  ...{ cause: z.string().nullable(), minor: z.string(), currency: z.string().nullable() },
});
const resolved = ofBreak.extend({ how: z.enum(["gone", "accepted"]) });
const verdict = z.object({
  ...{ book: z.string(), tenantId: z.string().nullable() },
  ...{ from: z.string(), to: z.string(), open: z.string() },
});
const alert = z.object({
  ...{ alertId: z.string(), alertKind: z.string(), title: z.string(), mend: z.string() },
  ...{ reference: z.string(), objectId: z.string(), tenantId: z.string().nullable() },
});
const acknowledged = alert.extend({ acknowledgedById: z.string(), note: z.string() });

const differs = {
  ...{ breakId: "brk_test", book: "acct_test", tenantId: "ten_test", check: "transaction.entry" },
  ...{ breakKind: "missing_here", reference: "txn_test", cause: "webhook_never_came" },
  ...{ minor: "4900", currency: "usd" },
};
const failed = {
  ...{ alertId: "alr_test", alertKind: "payout.failed", title: "A payout failed" },
  ...{ mend: "The tenant's bank account needs a look.", reference: "payout:po_test:failed" },
  ...{ objectId: "po_test", tenantId: "ten_test" },
};

/** Every kind of fact the platform's own endpoints may be told of, and what it carries. */
export const platformEventTypes = {
  "reconciliation.break.opened": type("reconciliation", ofBreak, differs),
  "reconciliation.break.resolved": type("reconciliation", resolved, { ...differs, how: "gone" }),
  "reconciliation.verdict.changed": type("reconciliation", verdict, {
    ...{ book: "acct_test", tenantId: "ten_test", from: "in lockstep", to: "breaks", open: "1" },
  }),
  "alert.raised": type("alerts", alert, failed),
  "alert.acknowledged": type("alerts", acknowledged, {
    ...{ ...failed, acknowledgedById: "usr_test", note: "Called them; a new account is on file." },
  }),
} as const satisfies Record<string, EventType>;

export type PlatformEventType = keyof typeof platformEventTypes;
export const platformEventTypeNames = Object.keys(platformEventTypes) as PlatformEventType[];

/** True where the platform's own endpoints may be told of a kind of fact. */
export function isPlatformEventType(kind: string): kind is PlatformEventType {
  return Object.hasOwn(platformEventTypes, kind);
}
