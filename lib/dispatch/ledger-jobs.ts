import { type Job, nothing } from "#lib/dispatch/job";
import { verifyBooks } from "#lib/dispatch/verify-books";
import type { JobName } from "#lib/jobs/contract";
import { foldSoon } from "#lib/ledger/fold-ledger";

type Names = Extract<JobName, "ledger.fold" | "ledger.verify">;

/** The jobs that keep the books: their balances, and that nobody changed them. */
export const ledgerJobs: { [Name in Names]: Job<Name> } = {
  "ledger.fold": { payload: nothing, run: (ctx) => foldSoon(ctx) },
  "ledger.verify": { payload: nothing, run: (ctx) => verifyBooks(ctx) },
};
