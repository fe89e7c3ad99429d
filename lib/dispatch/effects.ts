import { raiseAlert } from "#lib/alerts/raise-alert";
import {
  mailPaymentFailed,
  mailPaymentReceived,
  mailPlanActive,
} from "#lib/billing/mail-about-facts";
import { mailTrialEnding } from "#lib/billing/mail-trial-ending";
import { askForJudging } from "#lib/connect/judge-account";
import { mailAboutAccount } from "#lib/connect/mail-about-account";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import {
  mailDisputeEnded,
  mailDisputeOpened,
  mailFraudWarning,
} from "#lib/disputes/mail-about-disputes";
import type { Effects, Fact } from "#lib/events/converger";
import { postObjects } from "#lib/ledger-rules/post-objects";
import { askForTrace } from "#lib/payouts/ask-for-trace";
import { mailFirstPayout, mailPayoutFailed } from "#lib/payouts/mail-about-payouts";
import { askForCheck } from "#lib/rater/ask-for-check";
import { askToClose, askToResume } from "#lib/selling/close-checkouts";
import { keepSale } from "#lib/selling/keep-sale";
import { mailSettlingFailed } from "#lib/selling/mail-about-sales";
import { askForSettling } from "#lib/usage/ask-for-settling";
import { queueWebhooks } from "#lib/webhooks/queue-webhooks";

type Effect = (tx: Tx, fact: Fact, ctx: Context) => Promise<void>;

/** Finance is written to, and the platform's own endpoints are told. */
const alert: Effect = async (tx, fact, ctx) => {
  const raised = await raiseAlert(tx, fact, ctx);
  if (raised) await queueWebhooks(tx, ctx, [raised]);
};

/** What follows from a fact of each kind, once. */
const table: Readonly<Record<string, readonly Effect[]>> = {
  "subscription.active": [mailPlanActive],
  "subscription.trial_ending": [mailTrialEnding],
  "invoice.finalized": [askForSettling],
  "invoice.paid": [askForCheck, mailPaymentReceived],
  "invoice.payment_failed": [askForCheck, mailPaymentFailed],
  "account.active": [askForJudging, mailAboutAccount, askToResume],
  "account.restricted": [alert, mailAboutAccount, askToClose],
  "account.closed": [alert, mailAboutAccount, askToClose],
  "account.disconnected": [alert, mailAboutAccount, askToClose],
  "account.requirements_due": [mailAboutAccount],
  "account.deadline_near": [alert],
  "account.reconnect_asked": [alert],
  "account.confirm_due": [mailAboutAccount],
  "account.held": [mailAboutAccount, askToClose],
  "account.released": [mailAboutAccount],
  "account.appealed": [alert],
  "account.appeal_decided": [mailAboutAccount],
  "charge.succeeded": [keepSale],
  "charge.failed": [keepSale],
  "dispute.opened": [alert, mailDisputeOpened],
  "dispute.won": [mailDisputeEnded],
  "dispute.lost": [alert, mailDisputeEnded],
  "dispute.warning_closed": [mailDisputeEnded],
  "fraud_warning.received": [alert, mailFraudWarning],
  "platform_dispute.opened": [alert],
  "platform_dispute.lost": [alert],
  "platform_fraud_warning.received": [alert],
  "payout.failed": [alert, mailPayoutFailed],
  "payout.paid": [mailFirstPayout],
  "payout.reconciled": [askForTrace],
  "refund.failed": [alert],
  "sale.settling_failed": [alert, mailSettlingFailed],
  "usage.refused": [alert],
  "usage.drifted": [alert],
  "reconciliation.break": [alert],
  "ledger.unexplained": [alert],
};

/** Runs what follows from new facts and from what was written, in the transaction of both. */
export const effects: Effects = async (tx, facts, ctx, written = []) => {
  for (const fact of facts) {
    for (const effect of table[fact.kind] ?? []) await effect(tx, fact, ctx);
  }
  await queueWebhooks(tx, ctx, facts);
  const seen = written.map((one) => ({ ...one, tenantId: one.tenantId ?? null }));
  await postObjects(tx, seen, ctx, effects);
};
