import type { TaskList } from "graphile-worker";
import { z } from "zod";
import { expireCheckouts } from "#lib/billing/expire-checkouts";
import { learnPayments } from "#lib/billing/learn-payments";
import { openAccount } from "#lib/billing/open-account";
import { resumeChanges } from "#lib/billing/resume-changes";
import { settleChange } from "#lib/billing/settle-change";
import { makeCoupon, seeToCoupons } from "#lib/catalog/make-coupon";
import { runPublishing } from "#lib/catalog/run-publishing";
import type { Context } from "#lib/context";
import { effects } from "#lib/dispatch/effects";
import { samplers } from "#lib/dispatch/stripe-objects";
import { sweep } from "#lib/dispatch/sweep";
import { verifyAudit } from "#lib/dispatch/verify-audit";
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
import type { JobName, JobPayloads } from "#lib/jobs/contract";
import { sendMail } from "#lib/mail/send-mail";
import { countMigration } from "#lib/migrations/count-migration";
import { runMigration } from "#lib/migrations/run-migration";
import { resumeMigrations } from "#lib/migrations/settle-scheduled";
import { carryOutAct } from "#lib/payments/carry-out-act";
import { notifyExpiring } from "#lib/payments/notify-expiring";
import { resumeActs } from "#lib/payments/resume-acts";
import { sweepChecks } from "#lib/rater/ask-for-check";
import { checkInvoice } from "#lib/rater/check-invoice";
import { checkSeats } from "#lib/seats/check-seats";
import { settleSeats } from "#lib/seats/settle-seats";
import { syncSeats } from "#lib/seats/sync-seats";
import { trueUpSeats } from "#lib/seats/true-up-seats";
import type { StripeGateway } from "#lib/stripe/gateway";
import { compareUsage } from "#lib/usage/compare-usage";
import { flushUsage } from "#lib/usage/flush-usage";
import { keepUsage } from "#lib/usage/keep-usage";
import { settleInvoices } from "#lib/usage/settle-invoices";
import { watchLimits } from "#lib/usage/watch-limits";
import { sendDue } from "#lib/webhooks/send-due";
import { sweepDeliveries } from "#lib/webhooks/sweep-deliveries";
import { wakeEndpoints } from "#lib/webhooks/wake-endpoints";

type Job<Name extends JobName> = {
  payload: z.ZodType<JobPayloads[Name]>;
  /** What can wait asks Stripe through the gateway that is patient. */
  run(
    ctx: Context,
    payload: JobPayloads[Name],
    gateway: StripeGateway,
    patient: StripeGateway,
  ): Promise<unknown>;
};

const nothing = z.object({});
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
  "catalog.publish-version": { payload: z.object({ versionId: z.string() }), run: runPublishing },
  "catalog.make-coupon": { payload: z.object({ couponId: z.string() }), run: makeCoupon },
  "catalog.see-to-coupons": { payload: nothing, run: seeToCoupons },
  "migrations.count": { payload: z.object({ migrationId: z.string() }), run: countMigration },
  "migrations.run": {
    payload: z.object({ migrationId: z.string() }),
    run: (ctx, payload, _gateway, patient) => runMigration(ctx, payload, patient),
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
  "events.keep-inbox": { payload: nothing, run: (ctx) => keepInbox(ctx) },
  "webhooks.send": turn,
  "webhooks.send-failing": turn,
  "usage.flush": {
    payload: nothing,
    run: (ctx, _payload, _gateway, patient) => flushUsage(ctx, patient),
  },
  "usage.compare": {
    payload: nothing,
    run: (ctx, _payload, _gateway, patient) => compareUsage(ctx, patient),
  },
  "usage.keep": { payload: nothing, run: (ctx) => keepUsage(ctx) },
  "usage.settle": {
    payload: nothing,
    run: (ctx, _payload, gateway) => settleInvoices(ctx, gateway),
  },
  "usage.watch": { payload: z.object({ tenantId: z.string().optional() }), run: watchLimits },
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

/**
 * How many jobs of each lane one worker runs at once. What waits for strangers' machines runs apart
 * from our own work, and what fails now apart from what does not, so that neither holds up others.
 */
const lanes: readonly { concurrency: number; only?: readonly JobName[] }[] = [
  { concurrency: 4 },
  { concurrency: 16, only: ["webhooks.send"] },
  { concurrency: 4, only: ["webhooks.send-failing"] },
];

/** The lanes with their tasks; the first runs all that has none of its own. */
export function lanesOf(tasks: TaskList): { concurrency: number; taskList: TaskList }[] {
  const apart = new Set<string>(lanes.flatMap(({ only }) => only ?? []));
  return lanes.map(({ concurrency, only }) => ({
    concurrency,
    taskList: Object.fromEntries(
      Object.entries(tasks).filter(([name]) =>
        only ? (only as readonly string[]).includes(name) : !apart.has(name),
      ),
    ),
  }));
}
