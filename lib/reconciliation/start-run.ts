import { isUniqueViolation, transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { enqueue } from "#lib/jobs/enqueue";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/**
 * Begins to compare all of one book, or of every book, with Stripe: each balance transaction, what
 * is open, every total, and the book's own chain. One at a time of each.
 */
export async function startRun(
  ctx: PlatformContext,
  { book }: { book: string | null },
): Promise<{ id: string }> {
  requirePlatform(ctx, "reconciliation:run");

  const id = newId("reconciliationRun");
  const now = ctx.now();
  try {
    await transact(ctx, "reconciliation.start-run", async (tx) => {
      const books = await tx.ledgerBook.count({ where: { ...(book && { key: book }) } });
      if (books === 0) {
        throw new Refusal("not_found", `There is no book ${book}; take it from the list.`, {
          field: "book",
        });
      }
      await tx.reconciliationRun.create({
        data: {
          ...{ id, kind: "full", status: "running", onlyBook: book, startedById: ctx.userId },
          ...{ startedAt: now, progressedAt: now, books },
        },
      });
      await enqueue(tx, "reconciliation.run", { runId: id }, { key: `reconciliation:${id}` });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new Refusal("conflict", "Such a run is under way already; it is on this page.");
  }
  return { id };
}

/** Ends one that runs, where it is. What it found by then stays. */
export async function stopRun(ctx: PlatformContext, { id }: { id: string }): Promise<void> {
  requirePlatform(ctx, "reconciliation:run");

  await transact(ctx, "reconciliation.stop-run", async (tx) => {
    const { count } = await tx.reconciliationRun.updateMany({
      where: { id, status: "running" },
      data: { status: "stopped", finishedAt: ctx.now() },
    });
    if (count === 0) throw new Refusal("conflict", "This run does not run any more.");
  });
}
