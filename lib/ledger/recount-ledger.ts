import type { Tx } from "#lib/db/client";
import type { BookKey } from "#lib/ledger/entry";

/**
 * Works a book's kept balances out anew from its moves, where somebody changed one of the two past
 * every wall. Holds the book alone until the transaction's end, and costs by its history.
 */
export async function recountLedger(tx: Tx, book: BookKey): Promise<void> {
  await tx.$executeRaw`select app.recount_ledger(${book})`;
}
