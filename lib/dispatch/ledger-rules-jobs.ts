import { z } from "zod";
import { effects } from "#lib/dispatch/effects";
import { type Job, nothing } from "#lib/dispatch/job";
import type { JobName } from "#lib/jobs/contract";
import { catchUp } from "#lib/ledger-rules/catch-up";
import { earnRevenue } from "#lib/ledger-rules/earn-revenue";
import { feedAccount } from "#lib/ledger-rules/feed-account";
import { feedEveryone } from "#lib/ledger-rules/feed-everyone";
import { postWaiting } from "#lib/ledger-rules/post-waiting";
import { readCredits } from "#lib/ledger-rules/read-credits";

type Names = Extract<
  JobName,
  "ledger.feed" | "ledger.post-waiting" | "ledger.catch-up" | "ledger.earn" | "ledger.read-credits"
>;

/** The jobs that make entries of what convergence alone does not tell. */
export const ledgerRulesJobs: { [Name in Names]: Job<Name> } = {
  "ledger.feed": {
    payload: z.object({ account: z.string().optional() }),
    run: (ctx, { account }, _gateway, patient) =>
      account === undefined ? feedEveryone(ctx) : feedAccount(ctx, account, patient, effects),
  },
  "ledger.post-waiting": { payload: nothing, run: (ctx) => postWaiting(ctx, effects) },
  "ledger.catch-up": {
    payload: z.object({ again: z.boolean().optional() }),
    run: (ctx, payload) => catchUp(ctx, payload, effects),
  },
  "ledger.earn": { payload: nothing, run: (ctx) => earnRevenue(ctx) },
  "ledger.read-credits": {
    payload: nothing,
    run: (ctx, _payload, _gateway, patient) => readCredits(ctx, patient),
  },
};
