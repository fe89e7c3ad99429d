import { findOwnBook } from "#lib/books/own-book";
import { view } from "#lib/db/transaction";
import type { Page } from "#lib/keyset";
import { type AccountMove, type MoveQuery, readMoves } from "#lib/ledger/list-moves";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** The moves of an account of the tenant's book, the latest first. */
export async function listOwnMoves(
  ctx: TenantContext,
  query: MoveQuery,
): Promise<Page<AccountMove>> {
  requirePermission(ctx, "books:read");

  return view(ctx, async (tx) => readMoves(tx, await findOwnBook(tx, ctx), query));
}
