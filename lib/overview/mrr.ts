import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { isCurrency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";

type Row = { currency: string; minor: bigint };

/**
 * What recurs per month, per currency, from the mirrored items: a year counts a twelfth. The sum is
 * rounded once, at the end. Usage is not in it, and neither is a trial, which pays nothing yet.
 */
export async function readMrr(tx: Tx): Promise<Money[]> {
  const rows = await tx.$queryRaw<Row[]>(Prisma.sql`
    select currency, round(sum(monthly) + sum(yearly) / 12)::bigint as minor
    from (
      select s.currency,
        case item #>> '{price,recurring,interval}' when 'month' then amount else 0 end as monthly,
        case item #>> '{price,recurring,interval}' when 'year' then amount else 0 end as yearly
      from subscriptions s, jsonb_array_elements(s.object #> '{items,data}') item,
        lateral (select coalesce((item #>> '{price,unit_amount_decimal}')::numeric, 0)
          * coalesce((item ->> 'quantity')::numeric, 0) as amount) priced
      where s.status in ('active', 'past_due')
        and item #>> '{price,recurring,usage_type}' = 'licensed'
    ) items
    group by currency order by currency`);
  return rows.flatMap(({ currency, minor }) =>
    isCurrency(currency) ? [money(minor, currency)] : [],
  );
}
