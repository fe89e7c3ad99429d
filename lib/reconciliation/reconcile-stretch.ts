import type { Context } from "#lib/context";
import type { ReconciliationRun } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { findEnd, findSuspects } from "#lib/reconciliation/find-suspects";
import {
  noteStanding,
  type Reconciled,
  reconcilePairs,
  type Tools,
} from "#lib/reconciliation/reconcile-book";

/** What came of one step, and where the next one begins; null is the end. */
export type Compared = Reconciled & { cursor: string | null };

const beginning = new Date("1970-01-01T00:00:00Z");
const suspectsAtOnce = 5_000;

/**
 * Two stretches of a book's time at once: their balance transactions joined with what was posted
 * then, in the database. Only what differs comes out, and is looked at one by one.
 */
export async function reconcileStretch(
  ctx: Context,
  tools: Tools,
  { book, cursor }: Pick<ReconciliationRun, "book" | "cursor">,
): Promise<Compared> {
  const from = cursor === "" ? beginning : new Date(cursor);
  const { middle, to } = await view(ctx, async (tx) => {
    const middle = await findEnd(tx, book, from);
    return { middle, to: middle && (await findEnd(tx, book, middle)) };
  });
  const stretches = [{ book, from, to: middle }, ...(middle ? [{ book, from: middle, to }] : [])];
  const compared = await Promise.all(
    stretches.map((stretch) => view(ctx, (tx) => findSuspects(tx, stretch))),
  );
  const suspects = compared.flatMap((one) => one.suspects);
  let found = 0;
  for (let at = 0; at < suspects.length; at += suspectsAtOnce) {
    const references = suspects.slice(at, at + suspectsAtOnce);
    found += (await reconcilePairs(ctx, tools, { book, references })).found;
  }
  const asked = compared.reduce((sum, { transactions }) => sum + Number(transactions), 0);
  return { asked, found, cursor: to?.toISOString() ?? null };
}

/** All of a book was looked at: what is known of breaks is looked at again, and counted. */
export async function settleWhole(
  ctx: Context,
  { book }: Pick<ReconciliationRun, "book">,
): Promise<void> {
  const account = book === "platform" ? "" : book;
  await transact(ctx, "reconciliation.note-standing", async (tx) => {
    const asked = await tx.stripeBalanceTransaction.count({ where: { account } });
    for (const check of ["transaction.entry", "entry.transaction"] as const) {
      await noteStanding(tx, ctx, { book, check, asked, isWhole: true });
    }
  });
}
