import { findOwnBook } from "#lib/books/own-book";
import { view } from "#lib/db/transaction";
import { readStatements, type StatementQuery, type Statements } from "#lib/ledger/get-statements";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** What a tenant's account has, owes, earned and spent, as of any day, in one view. */
export async function getOwnStatements(
  ctx: TenantContext,
  query: StatementQuery,
): Promise<Statements> {
  requirePermission(ctx, "books:read");

  return view(ctx, async (tx) => readStatements(tx, await findOwnBook(tx, ctx), query, ctx.now()));
}
