import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { Entry } from "#lib/ledger/entry";
import { postEntries } from "#lib/ledger/post-entries";

/**
 * Posts entries, each into a period that is open: what is heard of only after its month was closed
 * belongs to the first month that is not. Answers the references that are new.
 */
export async function postOpen(
  tx: Tx,
  entries: readonly Entry[],
  ctx: Context,
): Promise<Set<string>> {
  const filled = entries.filter(({ moves }) => moves.length > 0);
  if (filled.length === 0) return new Set();
  const books = [...new Set(filled.map(({ book }) => book))];
  const closed = await tx.$queryRaw<{ key: string; closedBefore: Date }[]>`
    select key, closed_before as "closedBefore" from ledger_books
    where key = any(${books}::text[]) and closed_before is not null`;
  const openFrom = new Map(closed.map((one) => [one.key, one.closedBefore]));
  const open = filled.map((entry) => {
    const from = openFrom.get(entry.book);
    return from && entry.effectiveAt < from ? { ...entry, effectiveAt: from } : entry;
  });
  return new Set(await postEntries(tx, open, ctx));
}
