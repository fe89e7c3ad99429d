import { z } from "zod";
import { findOwnBook } from "#lib/books/own-book";
import { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { type Page, pageSize, toPage } from "#lib/keyset";
import { keyOf, pageOfBook } from "#lib/ledger/list-entries";
import { type PostedEntry, readEntries } from "#lib/ledger/read-entries";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

export const ownEntryQuery = z.object({
  objectId: z
    .string()
    .trim()
    .max(200)
    .optional()
    .describe("Entries of one payment, refund, payout or balance transaction, by Stripe's id."),
  cursor: z.string().max(200).optional(),
});
export type OwnEntryQuery = z.output<typeof ownEntryQuery>;

/** The entries of a tenant's book, the latest by when they were so first. */
export async function listOwnEntries(
  ctx: TenantContext,
  { objectId, cursor }: OwnEntryQuery,
): Promise<Page<PostedEntry>> {
  requirePermission(ctx, "books:read");

  const after = cursor ? keyOf(cursor) : undefined;
  return view(ctx, async (tx) => {
    const { id: bookId } = await findOwnBook(tx, ctx);
    if (!objectId) return pageOfBook(tx, bookId, after);
    const found = await readEntries(
      tx,
      Prisma.sql`where e.book_id = ${bookId}
        and (e.object_id = ${objectId} or e.payment_id = ${objectId})
        ${past(after)}
        order by e.effective_at desc, e.id desc limit ${pageSize + 1}`,
    );
    return toPage(found, pageSize, (entry) => ({
      ...{ at: entry.effectiveAt, id: entry.id.toString() },
    }));
  });
}

function past(after: Parameters<typeof pageOfBook>[2]): Prisma.Sql {
  if (!after) return Prisma.empty;
  return Prisma.sql`and (e.effective_at, e.id) < (${after.at}, ${after.id})`;
}
