import { view } from "#lib/db/transaction";
import { type EntryInFull, readEntryInFull } from "#lib/ledger/get-entry";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** One entry of a tenant's book with its moves, and the entries of the same payment. */
export async function getOwnEntry(
  ctx: TenantContext,
  { entryId }: { entryId: string },
): Promise<EntryInFull> {
  requirePermission(ctx, "books:read");

  return view(ctx, (tx) => readEntryInFull(tx, entryId));
}
