import { z } from "zod";
import { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
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

/** Entries by what they were made from and whom they are about; the latest written first. */
export async function listEntries(
  ctx: PlatformContext,
  { cursor, book, reference, objectId, paymentId, customerId, tenantId }: EntryQuery,
): Promise<Page<PostedEntry>> {
  requirePlatform(ctx, "ledger:read");

  const after = cursor ? decodeCursor(cursor).id : "";
  const wanted = [
    book && Prisma.sql`b.key = ${book}`,
    reference && Prisma.sql`e.reference = ${reference}`,
    objectId && Prisma.sql`e.object_id = ${objectId}`,
    paymentId && Prisma.sql`e.payment_id = ${paymentId}`,
    customerId && Prisma.sql`e.customer_id = ${customerId}`,
    tenantId && Prisma.sql`e.about_tenant_id = ${tenantId}`,
    /^\d+$/.test(after) && Prisma.sql`e.id < ${BigInt(after)}`,
  ].filter((part) => typeof part === "object");
  const where = wanted.length ? Prisma.sql`where ${Prisma.join(wanted, " and ")}` : Prisma.empty;
  return view(ctx, async (tx) => {
    const found = await readEntries(
      tx,
      Prisma.sql`${where} order by e.id desc limit ${pageSize + 1}`,
    );
    return toPage(found, pageSize, ({ postedAt, id }) => ({ at: postedAt, id: id.toString() }));
  });
}
