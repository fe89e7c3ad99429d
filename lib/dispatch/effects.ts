import { raiseAlert } from "#lib/alerts/raise-alert";
import {
  mailPaymentFailed,
  mailPaymentReceived,
  mailPlanActive,
} from "#lib/billing/mail-about-facts";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { Effects, Fact } from "#lib/events/converger";
import { askForCheck } from "#lib/rater/ask-for-check";
import { queueWebhooks } from "#lib/webhooks/queue-webhooks";

type Effect = (tx: Tx, fact: Fact, ctx: Context) => Promise<void>;

/** What follows from a fact of each kind, once. */
const table: Readonly<Record<string, readonly Effect[]>> = {
  "subscription.active": [mailPlanActive],
  "invoice.paid": [askForCheck, mailPaymentReceived],
  "invoice.payment_failed": [askForCheck, mailPaymentFailed],
  "dispute.opened": [raiseAlert],
  "dispute.lost": [raiseAlert],
  "payout.failed": [raiseAlert],
  "refund.failed": [raiseAlert],
};

/** Runs what follows from new facts, in the transaction that found them. */
export const effects: Effects = async (tx, facts, ctx) => {
  for (const fact of facts) {
    for (const effect of table[fact.kind] ?? []) await effect(tx, fact, ctx);
  }
  await queueWebhooks(tx, ctx, facts);
};
