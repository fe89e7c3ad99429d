import { z } from "zod";
import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import { entriesInTime, type InTime } from "#lib/ledger/entries-in-time";
import { type PostedEntry, readEntries } from "#lib/ledger/read-entries";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export const entryQuery = z.object({
  book: z.string().trim().max(100).optional(),
  reference: z.string().trim().max(300).optional(),
  objectId: z.string().trim().max(200).optional().describe("What an entry was made from."),
  paymentId: z.string().trim().max(200).optional(),
  customerId: z.string().trim().max(200).optional(),
  tenantId: z.string().trim().max(200).optional().describe("Whom it is about."),
  cursor: z.string().max(200).optional(),
});
export type EntryQuery = z.output<typeof entryQuery>;

/**
 * Entries by what they were made from and whom they are about, the latest written first; all of a
 * book's, the latest by when they were so.
 */
export async function listEntries(
  ctx: PlatformContext,
  { cursor, book, reference, objectId, paymentId, customerId, tenantId }: EntryQuery,
): Promise<Page<PostedEntry>> {
  requirePlatform(ctx, "ledger:read");

  const wanted = [
    reference && Prisma.sql`e.reference = ${reference}`,
    objectId && Prisma.sql`e.object_id = ${objectId}`,
    paymentId && Prisma.sql`e.payment_id = ${paymentId}`,
    customerId && Prisma.sql`e.customer_id = ${customerId}`,
    tenantId && Prisma.sql`e.about_tenant_id = ${tenantId}`,
  ].filter((part) => typeof part === "object");
  const after = cursor ? keyOf(cursor) : undefined;
  return view(ctx, async (tx) => {
    const whose = book ? await tx.ledgerBook.findUnique({ where: { key: book } }) : null;
    if (book && !whose) return { rows: [], next: null };
    if (whose && wanted.length === 0) return pageOfBook(tx, whose.id, after);
    if (whose) wanted.push(Prisma.sql`e.book_id = ${whose.id}`);
    if (after) wanted.push(Prisma.sql`e.id < ${after.id}`);
    const where = wanted.length ? Prisma.sql`where ${Prisma.join(wanted, " and ")}` : Prisma.empty;
    const found = await readEntries(
      tx,
      Prisma.sql`${where} order by e.id desc limit ${pageSize + 1}`,
    );
    return toPage(found, pageSize, ({ postedAt, id }) => ({ at: postedAt, id: id.toString() }));
  });
}

/** A page of all of a book's entries, the latest by when they were so first. */
export async function pageOfBook(
  tx: Tx,
  bookId: number,
  after: InTime["after"],
): Promise<Page<PostedEntry>> {
  const page = { bookId, order: "desc", limit: pageSize + 1, ...(after && { after }) } as const;
  const found = await readEntries(
    tx,
    Prisma.sql`where e.id in (${entriesInTime(page)})
      order by e.effective_at desc, e.id desc limit ${page.limit}`,
  );
  return toPage(found, pageSize, ({ effectiveAt, id }) => ({ at: effectiveAt, id: id.toString() }));
}

/** Where a page goes on: after this entry. */
export function keyOf(cursor: string): NonNullable<InTime["after"]> {
  const { at, id } = decodeCursor(cursor);
  return { at, id: BigInt(/^\d{1,18}$/.test(id) ? id : 0) };
}
