import { view } from "#lib/db/transaction";
import { isCurrency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** How a way to pay fared on the platform's own account lately. */
export type MethodFigures = {
  type: string;
  succeeded: number;
  failed: number;
  disputed: number;
  volume: Money[];
  /** Days from payment to money that is there, on average, to a tenth; null where none settled. */
  settledInDays: string | null;
};
export const figureDays = 90;

type Row = {
  type: string;
  currency: string;
  succeeded: number;
  failed: number;
  disputed: number;
  minor: bigint;
  settled: number;
  days: number | null;
};

/** Payments of the last ninety days by their kind, from the mirrors: what truly settled when. */
export async function getMethodFigures(ctx: PlatformContext): Promise<Map<string, MethodFigures>> {
  requirePlatform(ctx, "invoices:read");
  const since = new Date(ctx.now().getTime() - figureDays * 86_400_000);
  const rows = await view(
    ctx,
    (tx) => tx.$queryRaw<Row[]>`
      select c.object #>> '{payment_method_details,type}' as type, c.currency,
        count(*) filter (where c.status = 'succeeded')::int as succeeded,
        count(*) filter (where c.status = 'failed')::int as failed,
        count(*) filter (where (c.object ->> 'disputed')::boolean)::int as disputed,
        coalesce(sum(c.amount_captured_minor) filter (where c.status = 'succeeded'), 0)::bigint
          as minor,
        count(b.id)::int as settled,
        sum(extract(epoch from b.available_at - c.created_at) / 86400)::float8 as days
      from stripe_charges c
      left join stripe_balance_transactions b
        on b.account = '' and b.id = c.balance_transaction_id and not b.is_deleted
      where c.account = '' and not c.is_deleted and c.created_at >= ${since}
        and c.object #>> '{payment_method_details,type}' is not null
      group by 1, 2 order by 1, 2`,
  );
  const byType = Map.groupBy(rows, ({ type }) => type);
  return new Map([...byType].map(([type, of]) => [type, figuresOf(type, of)]));
}

function figuresOf(type: string, rows: readonly Row[]): MethodFigures {
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0);
  const settled = sum((row) => row.settled);
  return {
    type,
    succeeded: sum((row) => row.succeeded),
    failed: sum((row) => row.failed),
    disputed: sum((row) => row.disputed),
    volume: rows.flatMap(({ currency, minor }) =>
      isCurrency(currency) && minor > 0n ? [money(minor, currency)] : [],
    ),
    settledInDays: settled ? (sum((row) => row.days ?? 0) / settled).toFixed(1) : null,
  };
}
