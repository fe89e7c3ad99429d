import { z } from "zod";
import { findOwnBook } from "#lib/books/own-book";
import { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
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

/** The entries of a tenant's book, the latest written first. */
export async function listOwnEntries(
  ctx: TenantContext,
  { objectId, cursor }: OwnEntryQuery,
): Promise<Page<PostedEntry>> {
  requirePermission(ctx, "books:read");

  const after = cursor ? decodeCursor(cursor).id : "";
  return view(ctx, async (tx) => {
    const { id } = await findOwnBook(tx, ctx);
    const found = await readEntries(
      tx,
      Prisma.sql`where e.book_id = ${id}
        ${/^\d{1,18}$/.test(after) ? Prisma.sql`and e.id < ${BigInt(after)}` : Prisma.empty}
        ${
          objectId
            ? Prisma.sql`and (e.object_id = ${objectId} or e.payment_id = ${objectId})`
            : Prisma.empty
        }
        order by e.id desc limit ${pageSize + 1}`,
    );
    return toPage(found, pageSize, (entry) => ({
      ...{ at: entry.postedAt, id: entry.id.toString() },
    }));
  });
}
