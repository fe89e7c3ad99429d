import { z } from "zod";
import { type Job, nothing } from "#lib/dispatch/job";
import type { JobName } from "#lib/jobs/contract";
import { carryOutMove } from "#lib/payouts/carry-out-move";
import { resumeMoves } from "#lib/payouts/resume-moves";
import { sweepPayouts } from "#lib/payouts/sweep-payouts";
import { tracePayout } from "#lib/payouts/trace-payout";

type Names = Extract<JobName, `payouts.${string}`>;

/** The jobs about payouts and money between accounts. */
export const payoutJobs: { [Name in Names]: Job<Name> } = {
  "payouts.carry-out-move": { payload: z.object({ moveId: z.string() }), run: carryOutMove },
  "payouts.resume-moves": { payload: nothing, run: (ctx) => resumeMoves(ctx) },
  "payouts.trace": {
    payload: z.object({ account: z.string(), payoutId: z.string() }),
    run: (ctx, payload, _gateway, patient) => tracePayout(ctx, payload, patient),
  },
  "payouts.sweep": { payload: nothing, run: (ctx) => sweepPayouts(ctx) },
};
