import type { TaskList } from "graphile-worker";
import { z } from "zod";
import { openAccount } from "#lib/accounts/open-account";
import { expireCheckouts } from "#lib/billing/expire-checkouts";
import { learnPayments } from "#lib/billing/learn-payments";
import { learnTaxRate } from "#lib/billing/learn-tax-rates";
import { resumeChanges } from "#lib/billing/resume-changes";
import { settleChange } from "#lib/billing/settle-change";
import { makeCoupon, seeToCoupons } from "#lib/catalog/make-coupon";
import { runPublishing } from "#lib/catalog/run-publishing";
import type { Context } from "#lib/context";
import { connectJobs } from "#lib/dispatch/connect-jobs";
import { effects } from "#lib/dispatch/effects";
import { type Job, nothing } from "#lib/dispatch/job";
import { ledgerJobs } from "#lib/dispatch/ledger-jobs";
import { ledgerRulesJobs } from "#lib/dispatch/ledger-rules-jobs";
import { payoutJobs } from "#lib/dispatch/payout-jobs";
import { reconciliationJobs } from "#lib/dispatch/reconciliation-jobs";
import { samplers } from "#lib/dispatch/stripe-objects";
import { sweep } from "#lib/dispatch/sweep";
import { verifyAudit } from "#lib/dispatch/verify-audit";
import { carryOutAnswer, resumeAnswers } from "#lib/disputes/carry-out-answer";
import { findFacts } from "#lib/disputes/find-facts";
import { remindDeadlines } from "#lib/disputes/remind-deadlines";
import {
  endGrace,
  rebuildEntitlements,
  refreshEntitlements,
} from "#lib/entitlements/refresh-entitlements";
import { backfillEvents, backfillEveryone } from "#lib/events/backfill-events";
import { carryOutRun, resumeRuns } from "#lib/events/carry-out-run";
import { findDrift } from "#lib/events/find-drift";
import { keepInbox } from "#lib/events/keep-inbox";
import { resumeResyncs, runResync } from "#lib/events/run-resync";
import { newId } from "#lib/ids";
import type { JobName } from "#lib/jobs/contract";
import { sendMail } from "#lib/mail/send-mail";
import { countMigration } from "#lib/migrations/count-migration";
import { runBackTest } from "#lib/migrations/run-back-test";
import { runMigration } from "#lib/migrations/run-migration";
import { resumeMigrations } from "#lib/migrations/settle-scheduled";
import { adoptOrphans } from "#lib/mirror/adopt-through";
import { carryOutAct } from "#lib/payments/carry-out-act";
import { keepMethods } from "#lib/payments/keep-methods";
import { notifyExpiring } from "#lib/payments/notify-expiring";
import { resumeActs } from "#lib/payments/resume-acts";
import { taxSubscriptions } from "#lib/payments/tax-subscriptions";
import { sweepChecks } from "#lib/rater/ask-for-check";
import { checkInvoice } from "#lib/rater/check-invoice";
import { checkSeats } from "#lib/seats/check-seats";
import { settleSeats } from "#lib/seats/settle-seats";
import { syncSeats } from "#lib/seats/sync-seats";
import { trueUpSeats } from "#lib/seats/true-up-seats";
import { carryOutRefund, resumeRefunds } from "#lib/selling/carry-out-refund";
import { closeCheckouts } from "#lib/selling/close-checkouts";
import { resumeSales, settleSale } from "#lib/selling/settle-sale";
import type { StripeGateway } from "#lib/stripe/gateway";
import { compareUsage } from "#lib/usage/compare-usage";
import { flushUsage } from "#lib/usage/flush-usage";
import { keepMeter } from "#lib/usage/keep-meter";
import { keepUsage } from "#lib/usage/keep-usage";
import { readReports } from "#lib/usage/read-reports";
import { settleInvoices } from "#lib/usage/settle-invoices";
import { watchLimits } from "#lib/usage/watch-limits";
import { sendDue } from "#lib/webhooks/send-due";
import { sweepDeliveries } from "#lib/webhooks/sweep-deliveries";
import { wakeEndpoints } from "#lib/webhooks/wake-endpoints";

const ofTenant = z.object({ tenantId: z.string() });
const turn = {
  payload: z.object({ endpointId: z.string() }),
  run: (ctx: Context, { endpointId }: { endpointId: string }) => sendDue(ctx, { endpointId }),
};

/** Every background job. A name in the contract without a row here does not compile. */
export const jobs: { [Name in JobName]: Job<Name> } = {
  "mail.send": { payload: z.object({ mailId: z.string() }), run: sendMail },
  "billing.open-account": { payload: z.object({ tenantId: z.string() }), run: openAccount },
  "billing.expire-checkouts": {
    payload: nothing,
    run: (ctx, _payload, gateway) => expireCheckouts(ctx, gateway),
  },
  "billing.settle-change": { payload: z.object({ changeId: z.string() }), run: settleChange },
  "billing.resume-changes": { payload: nothing, run: (ctx) => resumeChanges(ctx) },
  "billing.learn-tax-rate": { payload: z.object({ rateId: z.string() }), run: learnTaxRate },
  "payments.keep-methods": {
    payload: nothing,
    run: (ctx, _payload, gateway) => keepMethods(ctx, gateway),
  },
  "payments.tax-subscriptions": {
    payload: nothing,
    run: (ctx, _payload, _gateway, patient) => taxSubscriptions(ctx, patient),
  },
  "catalog.publish-version": { payload: z.object({ versionId: z.string() }), run: runPublishing },
  "catalog.make-coupon": { payload: z.object({ couponId: z.string() }), run: makeCoupon },
  "catalog.see-to-coupons": { payload: nothing, run: seeToCoupons },
  "migrations.count": { payload: z.object({ migrationId: z.string() }), run: countMigration },
  "migrations.run": {
    payload: z.object({ migrationId: z.string() }),
    run: (ctx, payload, _gateway, patient) => runMigration(ctx, payload, patient),
  },
  "migrations.back-test": {
    payload: z.object({ runId: z.string() }),
    run: (ctx, payload) => runBackTest(ctx, payload),
  },
  "migrations.resume": {
    payload: nothing,
    run: (ctx, _payload, _gateway, patient) => resumeMigrations(ctx, patient),
  },
  "billing.learn-payments": { payload: z.object({ invoiceId: z.string() }), run: learnPayments },
  "payments.carry-out-act": { payload: z.object({ actId: z.string() }), run: carryOutAct },
  "payments.resume-acts": { payload: nothing, run: (ctx) => resumeActs(ctx) },
  "payments.notify-expiring": { payload: nothing, run: (ctx) => notifyExpiring(ctx) },
  "rater.check-invoice": {
    payload: z.object({ invoiceId: z.string() }),
    run: (ctx, payload, _gateway, patient) => checkInvoice(ctx, payload, patient),
  },
  "rater.sweep": { payload: nothing, run: (ctx) => sweepChecks(ctx) },
  "selling.settle-sale": {
    payload: z.object({ saleId: z.string() }),
    run: (ctx, payload, gateway) => settleSale(ctx, payload, gateway, effects),
  },
  "selling.close-checkouts": {
    payload: z.object({ linkId: z.string().optional(), tenantId: z.string().optional() }),
    run: closeCheckouts,
  },
  "selling.carry-out-refund": {
    payload: z.object({ refundId: z.string() }),
    run: async (ctx, payload, gateway) => void (await carryOutRefund(ctx, payload, gateway)),
  },
  "selling.resume": {
    payload: z.object({ tenantId: z.string().optional() }),
    run: async (ctx, payload) => {
      await resumeSales(ctx, payload);
      await resumeRefunds(ctx, payload);
    },
  },
  "seats.sync": { payload: ofTenant, run: syncSeats },
  "seats.settle": { payload: ofTenant, run: settleSeats },
  "seats.check": {
    payload: nothing,
    run: (ctx, _payload, _gateway, patient) => checkSeats(ctx, patient),
  },
  "seats.true-up": {
    payload: nothing,
    run: (ctx, _payload, gateway) => trueUpSeats(ctx, gateway),
  },
  "entitlements.refresh": {
    payload: ofTenant,
    run: (ctx, payload) => refreshEntitlements(ctx, payload, effects),
  },
  "entitlements.rebuild": {
    payload: z.object({ after: z.string().optional() }),
    run: (ctx, payload) => rebuildEntitlements(ctx, payload, effects),
  },
  "entitlements.end-grace": { payload: nothing, run: (ctx) => endGrace(ctx, effects) },
  ...connectJobs,
  ...reconciliationJobs,
  "tenancy.sweep": { payload: nothing, run: sweep },
  "events.backfill": {
    payload: z.object({ account: z.string().optional() }),
    run: (ctx, { account }, _gateway, patient) =>
      account === undefined ? backfillEveryone(ctx) : backfillEvents(ctx, patient, account),
  },
  "events.find-drift": {
    payload: nothing,
    run: (ctx, _payload, _gateway, patient) => findDrift(ctx, patient, samplers),
  },
  "events.resync": {
    payload: z.object({ resyncId: z.string() }),
    run: (ctx, payload, _gateway, patient) => runResync(ctx, payload, patient, samplers),
  },
  "events.resume-resyncs": { payload: nothing, run: resumeResyncs },
  "events.carry-out-run": {
    payload: z.object({ runId: z.string() }),
    run: (ctx, payload) => carryOutRun(ctx, payload),
  },
  "events.resume-runs": { payload: nothing, run: (ctx) => resumeRuns(ctx) },
  "events.adopt-orphans": { payload: nothing, run: (ctx) => adoptOrphans(ctx) },
  "events.keep-inbox": { payload: nothing, run: (ctx) => keepInbox(ctx) },
  "webhooks.send": turn,
  "webhooks.send-failing": turn,
  "usage.flush": {
    payload: nothing,
    run: (ctx, _payload, _gateway, patient) => flushUsage(ctx, patient),
  },
  "usage.compare": {
    payload: nothing,
    run: (ctx, _payload, _gateway, patient) => compareUsage(ctx, patient, effects),
  },
  "usage.keep-meter": { payload: z.object({ key: z.string() }), run: keepMeter },
  "usage.keep": { payload: nothing, run: (ctx) => keepUsage(ctx) },
  "usage.settle": {
    payload: z.object({ invoiceId: z.string().optional(), changeId: z.string().optional() }),
    run: (ctx, payload, gateway) => settleInvoices(ctx, gateway, payload),
  },
  "usage.read-reports": {
    payload: nothing,
    run: (ctx, _payload, _gateway, patient) => readReports(ctx, effects, patient),
  },
  "usage.watch": { payload: z.object({ tenantId: z.string().optional() }), run: watchLimits },
  "disputes.carry-out-answer": { payload: z.object({ answerId: z.string() }), run: carryOutAnswer },
  "disputes.resume-answers": { payload: nothing, run: (ctx) => resumeAnswers(ctx) },
  "disputes.find-facts": { payload: nothing, run: (ctx) => findFacts(ctx, effects) },
  "disputes.remind-deadlines": { payload: nothing, run: (ctx) => remindDeadlines(ctx) },
  ...payoutJobs,
  ...ledgerJobs,
  ...ledgerRulesJobs,
  "webhooks.wake": { payload: nothing, run: wakeEndpoints },
  "webhooks.sweep": { payload: nothing, run: sweepDeliveries },
  "audit.verify": { payload: nothing, run: verifyAudit },
};

/**
 * The table as the queue takes it. Each run is a trace of its own; a payload is parsed first.
 * `patient` is the gateway of work that can wait, and keeps to a budget.
 */
export function taskListOf(
  ctx: Context,
  gateway: StripeGateway,
  patient: StripeGateway = gateway,
): TaskList {
  const tasks = Object.entries(jobs) as [JobName, Job<JobName>][];
  return Object.fromEntries(
    tasks.map(([name, job]) => [
      name,
      async (payload: unknown) => {
        const traced = { ...ctx, traceId: newId("trace") };
        await job.run(traced, job.payload.parse(payload), gateway, patient);
      },
    ]),
  );
}
