import { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import type { AccountCode } from "#lib/ledger/chart";
import { figureNames, type Weighed, weigh } from "#lib/margin/figures";
import { readCurrencies, readTotal } from "#lib/margin/get-margin";
import { type MarginMoveQuery, type Span, spanOf } from "#lib/margin/input";
import { accounts, singleLegs } from "#lib/margin/legs";
import type { Currency } from "#lib/money/currency";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** What a move added to a figure, and of whom it is. */
export type MarginMove = {
  readonly entryId: bigint;
  readonly position: number;
  readonly accountId: number;
  readonly reference: string;
  readonly kind: string;
  readonly effectiveAt: Date;
  readonly code: AccountCode;
  readonly currency: Currency;
  /** Below zero where it lessened what was earned. */
  readonly minor: bigint;
  readonly tenantId: string;
  readonly plan: string;
  readonly country: string;
  readonly method: string;
};

export type MarginMoves = Page<MarginMove> & {
  readonly asOf: Date;
  readonly span: Span;
  readonly currency: Currency;
  /** What the whole list sums up to, not only this page. */
  readonly total: Weighed;
};

/** The moves that a figure is the sum of, the latest first, with that sum beside them. */
export async function listMarginMoves(
  ctx: PlatformContext,
  query: MarginMoveQuery,
): Promise<MarginMoves> {
  requirePlatform(ctx, "ledger:read");

  const asOf = ctx.now();
  const span = spanOf(query, asOf);
  const after = query.cursor ? afterOf(query.cursor) : Prisma.empty;
  return view(ctx, async (tx) => {
    const currency = query.currency ?? (await readCurrencies(tx, span))[0] ?? "usd";
    const net = figureNames.filter((name) => name !== "volume");
    const figures = query.figure === "net" ? net : [query.figure];
    const wanted = { currency, span, filters: query, figures };
    const rows = await tx.$queryRaw<Row[]>`
      with ${accounts(wanted)}
      select entry_id as "entryId", position, account_id as "accountId", reference, kind,
        effective_at as "effectiveAt", code, minor::text as minor, tenant as "tenantId",
        plan_key as plan, payer_country as country, method
      from (${singleLegs(wanted, after, pageSize + 1)}) leg`;
    const moves = rows.map((row) => ({ ...row, currency, minor: BigInt(row.minor) }));
    return {
      ...toPage(moves, pageSize, ({ effectiveAt: at, entryId, position, accountId }) => ({
        ...{ at, id: `${entryId}.${position}.${accountId}` },
      })),
      ...{ asOf, span, currency, total: weigh(await readTotal(tx, wanted)) },
    };
  });
}

type Row = Omit<MarginMove, "minor" | "currency"> & { minor: string };

function afterOf(cursor: string): Prisma.Sql {
  const { at, id } = decodeCursor(cursor);
  const [entry, position, account] = id.split(".").map((part) => Number(part) || 0);
  return Prisma.sql`and (effective_at, entry_id, position, account_id)
    < (${at}, ${entry ?? 0}::bigint, ${position ?? 0}::smallint, ${account ?? 0}::integer)`;
}
