import { findOwnBook } from "#lib/books/own-book";
import { view } from "#lib/db/transaction";
import { isCurrency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";
import { readVerdict, type Verdict } from "#lib/reconciliation/read-verdict";
import { asSystem } from "#lib/tenancy/as-system";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** What a tenant's book says it has at Stripe, as it was last compared, and how that ended. */
export type OwnStanding = { readonly verdict: Verdict; readonly balances: readonly Money[] };

/** A line about a tenant's own book, in two reads. Refuses where no money has moved in it yet. */
export async function getOwnStanding(ctx: TenantContext): Promise<OwnStanding> {
  requirePermission(ctx, "books:read");

  const { key } = await view(ctx, (tx) => findOwnBook(tx, ctx));
  return view(asSystem(ctx), async (tx) => {
    const kept = await tx.reconciledBalance.findMany({
      where: { book: key },
      orderBy: { currency: "asc" },
    });
    const balances = kept.flatMap(({ currency, ledgerMinor }) =>
      isCurrency(currency) ? [money(ledgerMinor, currency)] : [],
    );
    return { verdict: await readVerdict(tx, ctx.now(), key), balances };
  });
}
