import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import type { Pair, PostedSum } from "#lib/reconciliation/judge-transaction";

type Row = {
  id: string;
  currency: string | null;
  netMinor: bigint | null;
  feeMinor: bigint | null;
  type: string | null;
  createdAt: Date | null;
  isTwin: boolean | null;
  entries: string[] | null;
  postedAt: Date | null;
  twin: string | null;
  sums: { currency: string; net: string; expense: string; suspense: string }[] | null;
};

/**
 * Balance transactions beside their entries, by key: the mirror's row, what the entries of one and
 * those that correct it come to, and whether the same was posted under another one's name.
 */
export async function readPairs(
  tx: Tx,
  book: string,
  references: readonly string[],
): Promise<Pair[]> {
  if (references.length === 0) return [];
  const account = book === "platform" ? "" : book;
  const rows = await tx.$queryRaw<Row[]>`
    ${both(book, references)}
    select a.id, t.currency, t.net_minor as "netMinor", t.fee_minor as "feeMinor", t.type,
      t.created_at as "createdAt",
      t.object ->> 'balance_type' = 'risk_reserved' and t.type ~ 'reserve' as "isTwin",
      (select array_agg(p.reference::text order by p.entry)
        from posted p where p.id = a.id) as entries,
      (select min(p.posted_at) from posted p where p.id = a.id) as "postedAt",
      (select jsonb_agg(jsonb_build_object('currency', s.currency,
          'net', coalesce(s.net, 0)::text, 'expense', coalesce(s.expense, 0)::text,
          'suspense', coalesce(s.suspense, 0)::text))
        from summed s where s.id = a.id) as sums,
      case when t.id is null then (
        select other.reference from posted p
          join ledger_entries other on other.payment_id = p.payment_id
            and other.book_id = p.book_id and other.id <> p.entry
            and other.reference like 'bt:%'
          join stripe_balance_transactions o on o.account = ${account}
            and o.id = substr(other.reference, 4)
        where p.id = a.id and p.payment_id is not null
          and o.net_minor = (select max(s.net) from summed s where s.id = a.id)
        limit 1) end as twin
    from asked a left join stripe_balance_transactions t
      on t.account = ${account} and t.id = a.id and not t.is_deleted
    order by a.id`;
  return rows.map(pairOf);
}

/** The entries of each that is asked for with those that correct it, and what they come to. */
function both(book: string, references: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    with asked as materialized (
      select distinct id from unnest(${[...references]}::text[]) as id
    ), posted as materialized (
      select a.id, e.id as entry, e.reference, e.posted_at, e.payment_id, e.book_id
      from asked a join ledger_books b on b.key = ${book}
        join ledger_entries e on e.book_id = b.id and e.reference = 'bt:' || a.id
      union all
      select a.id, e.id, e.reference, e.posted_at, null, e.book_id
      from asked a join ledger_books b on b.key = ${book}
        join ledger_entries e on e.book_id = b.id and e.corrects = 'bt:' || a.id
          and e.corrects is not null
    ), summed as (
      select p.id, acc.currency,
        sum(leg.minor) filter (where acc.code = 'stripe:balance') as net,
        sum(leg.minor) filter (where chart.kind = 'expense') as expense,
        sum(leg.minor) filter (where acc.code = 'suspense') as suspense
      from posted p join ledger_moves m on m.entry_id = p.entry
        cross join lateral (values (m.to_account, m.minor::numeric),
          (m.from_account, -m.minor::numeric)) leg (account_id, minor)
        join ledger_accounts acc on acc.id = leg.account_id
        join ledger_chart chart on chart.code = acc.code
      group by 1, 2
    )`;
}

function pairOf(row: Row): Pair {
  const { id, entries, postedAt, twin, sums } = row;
  return {
    ...{ reference: id, entries: entries ?? [], postedAt, twin },
    mirror:
      row.currency === null || row.createdAt === null
        ? null
        : {
            ...{ currency: row.currency, type: row.type ?? "", createdAt: row.createdAt },
            ...{ netMinor: row.netMinor ?? 0n, feeMinor: row.feeMinor ?? 0n },
            isTwin: row.isTwin ?? false,
          },
    posted: (sums ?? []).map(
      ({ currency, net, expense, suspense }): PostedSum => ({
        ...{ currency, netMinor: BigInt(net), expenseMinor: BigInt(expense) },
        suspenseMinor: BigInt(suspense),
      }),
    ),
  };
}
