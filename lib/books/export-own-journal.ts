import type { z } from "zod";
import { findOwnBook } from "#lib/books/own-book";
import { view } from "#lib/db/transaction";
import { journalOf, type journalQuery } from "#lib/ledger/export-journal";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** A tenant's book as text that hledger reads: every entry a transaction. */
export async function exportOwnJournal(
  ctx: TenantContext,
  span: z.output<typeof journalQuery>,
): Promise<AsyncIterable<string>> {
  requirePermission(ctx, "books:read");

  const { id } = await view(ctx, (tx) => findOwnBook(tx, ctx));
  return journalOf(ctx, id, span);
}
