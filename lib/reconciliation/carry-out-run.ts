import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { ReconciliationRun } from "#lib/db/generated/client";
import { isUniqueViolation, transact, view } from "#lib/db/transaction";
import { messageOf } from "#lib/errors";
import { newId } from "#lib/ids";
import { enqueue } from "#lib/jobs/enqueue";
import { reconcileLedger, reconcileTotals, type Tools } from "#lib/reconciliation/reconcile-book";
import {
  type Compared,
  reconcileStretch,
  settleWhole,
} from "#lib/reconciliation/reconcile-stretch";

const sliceMs = 60_000;
const stillMs = 5 * 60_000;
/** How long the book's own chain is counted before how far it is counts as progress. */
const countMs = 20_000;

/** What is compared of each book, one after another; only the first goes through its time. */
const steps: readonly ((
  ctx: Context,
  tools: Tools,
  run: ReconciliationRun,
) => Promise<Compared>)[] = [
  reconcileStretch,
  async (ctx, tools, { book }) => ({
    ...(await reconcileTotals(ctx, tools, book)),
    cursor: null,
  }),
  async (ctx, tools, { book, startedAt: since }) => {
    const counted = await reconcileLedger(ctx, tools, { book, since, forMs: countMs });
    return counted ? { ...counted, cursor: null } : { asked: 0, found: 0, cursor: "counting" };
  },
];

/**
 * Goes on with a run until it is done, stopped, or has run for a minute; then it asks for itself
 * again, so that no job lasts. Each stretch is kept before the next, so one that is cut off goes on
 * where it was. Of two that run at once only one gets on.
 */
export async function carryOutRun(
  ctx: Context,
  { runId }: { runId: string },
  tools: Tools,
): Promise<void> {
  const until = Date.now() + sliceMs;
  for (;;) {
    const run = await view(ctx, (tx) => tx.reconciliationRun.findUnique({ where: { id: runId } }));
    if (run?.status !== "running") return;
    try {
      if (!(await takeStep(ctx, tools, run))) return;
    } catch (error) {
      await note(ctx, run, { error: messageOf(error) });
      throw error;
    }
    if (Date.now() > until) break;
  }
  await transact(ctx, "reconciliation.continue-run", (tx) => askFor(tx, runId));
}

/** Asks again for runs that stand still, because whoever carried them out died. */
export async function resumeRuns(ctx: Context): Promise<void> {
  const before = new Date(ctx.now().getTime() - stillMs);
  await transact(ctx, "reconciliation.resume-runs", async (tx) => {
    const still = await tx.reconciliationRun.findMany({
      where: { status: "running", progressedAt: { lt: before } },
      select: { id: true },
    });
    for (const { id } of still) await askFor(tx, id);
  });
}

/** Begins the run of the day, unless one is under way. */
export async function runDaily(ctx: Context): Promise<void> {
  const id = newId("reconciliationRun");
  const now = ctx.now();
  try {
    await transact(ctx, "reconciliation.run-daily", async (tx) => {
      const books = await tx.ledgerBook.count();
      await tx.reconciliationRun.create({
        data: {
          ...{ id, kind: "full", status: "running", startedAt: now, progressedAt: now, books },
        },
      });
      await askFor(tx, id);
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
}

function askFor(tx: Tx, runId: string): Promise<void> {
  return enqueue(tx, "reconciliation.run", { runId }, { key: `reconciliation:${runId}` });
}

/** One stretch or one step of one book. False where another runs this, or it was stopped. */
async function takeStep(ctx: Context, tools: Tools, run: ReconciliationRun): Promise<boolean> {
  if (run.book === "") return nextBook(ctx, run);
  const step = steps[run.step];
  if (!step) return nextBook(ctx, run);
  const began = Date.now();
  const { asked, found, cursor } = await step(ctx, tools, run);
  if (run.step === 0 && cursor === null) await settleWhole(ctx, run);
  return note(ctx, run, {
    ...(cursor === null ? { step: run.step + 1, cursor: "" } : { cursor }),
    ...{ asked: run.asked + BigInt(asked), found: run.found + found, error: null },
    spentMs: run.spentMs + (Date.now() - began),
  });
}

async function nextBook(ctx: Context, run: ReconciliationRun): Promise<boolean> {
  const next = await view(ctx, (tx) =>
    tx.ledgerBook.findFirst({
      where: { key: { gt: run.book, ...(run.onlyBook && { equals: run.onlyBook }) } },
      ...{ orderBy: { key: "asc" }, select: { key: true } },
    }),
  );
  const booksDone = run.book === "" ? 0 : run.booksDone + 1;
  if (next) return note(ctx, run, { book: next.key, step: 0, cursor: "", booksDone });
  await note(ctx, run, { status: "done", finishedAt: ctx.now(), booksDone });
  return false;
}

type Progress = Partial<
  Pick<
    ReconciliationRun,
    | ("book" | "step" | "cursor" | "asked" | "found" | "spentMs")
    | ("booksDone" | "status" | "finishedAt" | "error")
  >
>;

/** Keeps how far it is, unless another has got on with it since it was read. */
async function note(ctx: Context, run: ReconciliationRun, data: Progress): Promise<boolean> {
  const now = ctx.now();
  const { count } = await transact(ctx, "reconciliation.note-run", (tx) =>
    tx.reconciliationRun.updateMany({
      where: { id: run.id, status: "running", progressedAt: run.progressedAt, step: run.step },
      data: {
        ...data,
        progressedAt: now > run.progressedAt ? now : new Date(run.progressedAt.getTime() + 1),
      },
    }),
  );
  return count === 1;
}
