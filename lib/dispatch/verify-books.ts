import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { invariant } from "#lib/errors";
import { verifyLedger } from "#lib/ledger/verify-ledger";

/** One that was cut off within so long goes on; of an older one the beginning is too long ago. */
const goesOnMs = 20 * 3_600_000;

/**
 * Works every book out anew, the one that was longest not counted first: however often it is cut
 * off, each try gets further. One that does not hold fails the job, which the console shows.
 */
export async function verifyBooks(ctx: Context): Promise<void> {
  const books = await view(
    ctx,
    (tx) => tx.$queryRaw<{ key: string }[]>`
      select b.key from ledger_books b left join ledger_counts c on c.book_id = b.id
      order by c.ended_at nulls first, b.id`,
  );
  const since = new Date(ctx.now().getTime() - goesOnMs);
  const words: string[] = [];
  for (const { key } of books) {
    const faults = await verifyLedger(ctx, { book: key, since });
    words.push(...(faults ?? []).map(({ kind }) => `${key}: ${kind}`));
  }
  invariant(words.length === 0, `the ledger is not as it was written: ${words.join("; ")}`);
}
