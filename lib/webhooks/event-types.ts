import { z } from "zod";

const sum = { minor: z.string(), currency: z.string() };
const plan = z.object({ status: z.string(), versionId: z.string().nullable() });
const invoice = z.object({
  ...sum,
  invoiceId: z.string(),
  nextAttemptAt: z.iso.datetime().nullable(),
});
const charge = z.object({ ...sum, chargeId: z.string(), failure: z.string().nullable() });
const refund = z.object({ ...sum, refundId: z.string(), chargeId: z.string().nullable() });
const dispute = z.object({
  ...{ ...sum, disputeId: z.string(), chargeId: z.string().nullable() },
  status: z.string(),
});
const payout = z.object({ ...sum, payoutId: z.string(), failure: z.string().nullable() });

type EventType = { readonly says: string; readonly data: z.ZodType };

/** Every kind of fact a tenant may be told of, and what it carries. Any other fact stays inside. */
export const eventTypes = {
  "subscription.active": { says: "A plan is on, or its trial has begun.", data: plan },
  "subscription.past_due": { says: "A renewal was not paid.", data: plan },
  "subscription.canceled": { says: "A plan has ended.", data: plan },
  "invoice.paid": { says: "An invoice was paid.", data: invoice },
  "invoice.payment_failed": { says: "A payment of an invoice failed.", data: invoice },
  "charge.succeeded": { says: "A charge was captured.", data: charge },
  "charge.failed": { says: "A charge failed.", data: charge },
  "refund.succeeded": { says: "A refund went through.", data: refund },
  "refund.failed": { says: "A refund failed.", data: refund },
  "refund.canceled": { says: "A refund was canceled.", data: refund },
  "dispute.opened": { says: "A charge is disputed.", data: dispute },
  "dispute.won": { says: "A dispute was won.", data: dispute },
  "dispute.lost": { says: "A dispute was lost.", data: dispute },
  "dispute.warning_closed": { says: "An inquiry closed without a dispute.", data: dispute },
  "payout.paid": { says: "A payout arrived.", data: payout },
  "payout.failed": { says: "A payout failed.", data: payout },
  "payout.canceled": { says: "A payout was canceled.", data: payout },
} as const satisfies Record<string, EventType>;

export type WebhookEventType = keyof typeof eventTypes;

/** True where tenants may be told of a kind of fact. */
export function isEventType(kind: string): kind is WebhookEventType {
  return Object.hasOwn(eventTypes, kind);
}
