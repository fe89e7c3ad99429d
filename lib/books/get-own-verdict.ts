import { findOwnBook } from "#lib/books/own-book";
import { view } from "#lib/db/transaction";
import { readVerdict, type Verdict } from "#lib/reconciliation/read-verdict";
import { asSystem } from "#lib/tenancy/as-system";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** Whether a tenant's own book and Stripe say the same. What differs is the platform's to mend. */
export async function getOwnVerdict(ctx: TenantContext): Promise<Verdict> {
  requirePermission(ctx, "books:read");

  const { key } = await view(ctx, (tx) => findOwnBook(tx, ctx));
  return view(asSystem(ctx), (tx) => readVerdict(tx, ctx.now(), key));
}
