import { Prisma } from "#lib/db/generated/client";

export type InTime = {
  readonly bookId: number;
  readonly order: "asc" | "desc";
  /** Only what was so from this instant, and before that one. */
  readonly from?: Date;
  readonly before?: Date;
  /** The last of the page before. */
  readonly after?: { readonly at: Date; readonly id: bigint };
  readonly limit: number;
};

/**
 * A query of a book's entries by when they were so, as `id`. Every move ends in an account of its
 * book, and an account's moves are indexed in that order: so a page reads as many of each account,
 * however long the book and however many others there are.
 */
export function entriesInTime({ bookId, order, from, before, after, limit }: InTime): Prisma.Sql {
  const way = Prisma.raw(order);
  const past = Prisma.raw(order === "asc" ? ">" : "<");
  return Prisma.sql`
    select side.entry_id as id from ledger_accounts a cross join lateral (
      select distinct m.effective_at, m.entry_id from ledger_moves m
      where m.to_account = a.id
        ${from ? Prisma.sql`and m.effective_at >= ${from}` : Prisma.empty}
        ${before ? Prisma.sql`and m.effective_at < ${before}` : Prisma.empty}
        ${
          after
            ? Prisma.sql`and (m.effective_at, m.entry_id) ${past} (${after.at}, ${after.id})`
            : Prisma.empty
        }
      order by m.effective_at ${way}, m.entry_id ${way} limit ${limit}
    ) side
    where a.book_id = ${bookId}
    group by side.effective_at, side.entry_id
    order by side.effective_at ${way}, side.entry_id ${way} limit ${limit}`;
}
