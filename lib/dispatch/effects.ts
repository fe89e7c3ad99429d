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

/** What follows from a fact of each kind, once. */
const table: Readonly<Record<string, readonly Effect[]>> = {
  "subscription.active": [mailPlanActive],
  "subscription.trial_ending": [mailTrialEnding],
  "invoice.finalized": [askForSettling],
  "invoice.paid": [askForCheck, mailPaymentReceived],
  "invoice.payment_failed": [askForCheck, mailPaymentFailed],
  "account.active": [askForJudging, mailAboutAccount, askToResume],
  "account.restricted": [raiseAlert, mailAboutAccount, askToClose],
  "account.closed": [raiseAlert, mailAboutAccount, askToClose],
  "account.disconnected": [raiseAlert, mailAboutAccount, askToClose],
  "account.requirements_due": [mailAboutAccount],
  "account.confirm_due": [mailAboutAccount],
  "account.held": [mailAboutAccount, askToClose],
  "account.released": [mailAboutAccount],
  "account.appealed": [raiseAlert],
  "account.appeal_decided": [mailAboutAccount],
  "charge.succeeded": [keepSale],
  "charge.failed": [keepSale],
  "dispute.opened": [raiseAlert, mailDisputeOpened],
  "dispute.won": [mailDisputeEnded],
  "dispute.lost": [raiseAlert, mailDisputeEnded],
  "dispute.warning_closed": [mailDisputeEnded],
  "fraud_warning.received": [raiseAlert, mailFraudWarning],
  "platform_dispute.opened": [raiseAlert],
  "platform_dispute.lost": [raiseAlert],
  "platform_fraud_warning.received": [raiseAlert],
  "payout.failed": [raiseAlert, mailPayoutFailed],
  "payout.paid": [mailFirstPayout],
  "payout.reconciled": [askForTrace],
  "refund.failed": [raiseAlert],
  "sale.settling_failed": [raiseAlert, mailSettlingFailed],
  "usage.refused": [raiseAlert],
  "usage.drifted": [raiseAlert],
  "reconciliation.break": [raiseAlert],
  "ledger.unexplained": [raiseAlert],
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
