import { z } from "zod";
import { effects } from "#lib/dispatch/effects";
import { type Job, nothing } from "#lib/dispatch/job";
import type { JobName } from "#lib/jobs/contract";
import { carryOutReport } from "#lib/reconciliation/carry-out-report";
import { carryOutResolution } from "#lib/reconciliation/carry-out-resolution";
import { carryOutRun, resumeRuns, runDaily } from "#lib/reconciliation/carry-out-run";
import { reconcileChanges } from "#lib/reconciliation/reconcile-changes";
import { endForgottenUploads } from "#lib/reconciliation/upload-report";

type Name = Extract<JobName, `reconciliation.${string}`>;

/** The jobs that compare the books with Stripe. All of it can wait for live work. */
export const reconciliationJobs: { [Each in Name]: Job<Each> } = {
  "reconciliation.pass": {
    payload: nothing,
    run: (ctx, _payload, _gateway, patient) => reconcileChanges(ctx, { gateway: patient, effects }),
  },
  "reconciliation.run": {
    payload: z.object({ runId: z.string() }),
    run: (ctx, payload, _gateway, patient) =>
      carryOutRun(ctx, payload, { gateway: patient, effects }),
  },
  "reconciliation.report": {
    payload: z.object({ reportId: z.string() }),
    run: (ctx, payload, _gateway, patient) =>
      carryOutReport(ctx, payload, { gateway: patient, effects }),
  },
  "reconciliation.carry-out": {
    payload: z.object({ resolutionId: z.string() }),
    run: (ctx, payload, gateway) => carryOutResolution(ctx, payload, { gateway, effects }),
  },
  "reconciliation.resume-runs": {
    payload: nothing,
    run: async (ctx) => {
      await resumeRuns(ctx);
      await endForgottenUploads(ctx);
    },
  },
  "reconciliation.run-daily": { payload: nothing, run: (ctx) => runDaily(ctx) },
};
