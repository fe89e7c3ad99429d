import type { Context } from "#lib/context";
import type { BookKey } from "#lib/ledger/entry";
import { verifyLedger } from "#lib/ledger/verify-ledger";

/**
 * Works a book's kept balances out anew from its moves, where somebody changed one of the two past
 * every wall. Costs by its history; one that is cut off goes on where it was, where it is asked for
 * with the same `since`.
 */
export async function recountLedger(
  ctx: Context,
  { book, since }: { book: BookKey; since: Date },
): Promise<void> {
  await verifyLedger(ctx, { book, since, mends: true });
}
