import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import {
  accountsOf,
  type Figures,
  figureNames,
  figures,
  noFigures,
  type Weighed,
  weigh,
} from "#lib/margin/figures";
import { type Dimension, type MarginQuery, type Sort, type Span, spanOf } from "#lib/margin/input";
import { accounts, columnOf, filtered, summedLegs, type Wanted } from "#lib/margin/legs";
import { nameKeys } from "#lib/margin/name-keys";
import { type Currency, isCurrency } from "#lib/money/currency";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** Of one tenant, plan, country or method; "" of what says nothing of it. */
export type MarginRow = Weighed & { readonly key: string; readonly name: string };

export type Margin = {
  readonly asOf: Date;
  readonly span: Span;
  readonly currency: Currency;
  /** Every currency that anything was earned, spent or paid in. */
  readonly currencies: readonly Currency[];
  readonly by: Dimension;
  readonly total: Weighed;
  readonly rows: readonly MarginRow[];
  /** Those past the rows, summed, so that what is shown adds up to the total. */
  readonly others: (Weighed & { readonly count: number }) | null;
};

const shown = 100;

/** What is earned and spent in a time, in all and by one dimension: exact as of this moment. */
export async function getMargin(ctx: PlatformContext, query: MarginQuery): Promise<Margin> {
  requirePlatform(ctx, "ledger:read");

  const asOf = ctx.now();
  const span = spanOf(query, asOf);
  return view(ctx, async (tx) => {
    const currencies = await readCurrencies(tx, span);
    const currency = query.currency ?? currencies[0] ?? "usd";
    const wanted = { currency, span, filters: query, by: query.by };
    const grouped = await readGroups(tx, wanted, query, shown);
    const total = weigh(grouped.map(toFigures).reduce(plus, noFigures));
    const [rows, rest] = [grouped.filter(({ key }) => key !== null), grouped.at(-1)];
    return {
      ...{ asOf, span, currency, currencies, by: query.by, total },
      rows: await nameKeys(
        tx,
        query.by,
        rows.map((row) => ({ ...weigh(toFigures(row)), key: row.key! })),
      ),
      others: rest?.key === null ? { ...weigh(toFigures(rest)), count: rest.count } : null,
    };
  });
}

/** What the figures sum up to under filters, told apart by nothing. */
export async function readTotal(tx: Tx, wanted: Wanted): Promise<Figures> {
  const [row] = await tx.$queryRaw<Row[]>`
    with ${accounts(wanted)}
    select null as key, 0 as count, ${sums} from (${summedLegs(wanted)}) leg
    where true ${filtered(wanted.filters)}`;
  return toFigures(row!);
}

/** Every currency of the books' results, that of most days with any first. */
export async function readCurrencies(tx: Tx, { from, before }: Span): Promise<Currency[]> {
  const codes = figureNames.flatMap(accountsOf);
  const rows = await tx.$queryRaw<{ currency: string }[]>`
    select a.currency from ledger_accounts a left join ledger_days d on d.account_id = a.id
      and d.day >= (${from}::timestamptz at time zone 'UTC')::date
      and d.day < (${before}::timestamptz at time zone 'UTC')::date
    where a.code = any(${codes}::text[])
    group by a.currency order by count(d.day) desc, a.currency`;
  return rows.map(({ currency }) => currency).filter(isCurrency);
}

type Row = { key: string | null; count: number } & Record<keyof Figures, string>;

const signs = { adds: "", beside: "", lessens: "-" } as const;
const sums = Prisma.join(
  figureNames.map((name) => {
    const sum = `coalesce(sum(minor) filter (where figure = '${name}'), 0)`;
    return Prisma.raw(`(${signs[figures[name].effect]}${sum})::text as "${name}"`);
  }),
);

/** By which sum rows are put in order. The margin is the sum of all but the volume. */
function sortedBy(sort: Sort): Prisma.Sql {
  const [sign, which] =
    sort === "net"
      ? ["", "figure <> 'volume'"]
      : [signs[figures[sort].effect], `figure = '${sort}'`];
  return Prisma.raw(`(${sign}coalesce(sum(minor) filter (where ${which}), 0))`);
}

/** The first rows by an order, and all others as one at the end. */
export function readGroups(
  tx: Tx,
  wanted: Wanted & { by: Dimension },
  { sort, order }: Pick<MarginQuery, "sort" | "order">,
  limit: number,
): Promise<Row[]> {
  const way = Prisma.raw(order === "least" ? "asc" : "desc");
  return tx.$queryRaw<Row[]>`
    with ${accounts(wanted)}, leg as materialized (
      select ${columnOf(wanted.by)} as key, figure, sum(minor) as minor
      from (${summedLegs(wanted)}) leg where true ${filtered(wanted.filters)} group by 1, 2
    ), place as (
      select key, least(row_number() over (order by ${sortedBy(sort)} ${way}, key),
        ${limit + 1}) as place
      from leg group by key
    ), shown as (
      select place, case when place <= ${limit} then key end as shown, key, figure, minor
      from leg join place using (key)
    )
    select shown as key, count(distinct key)::integer as count, ${sums}
    from shown group by shown, place order by place`;
}

export function toFigures(row: Record<keyof Figures, string>): Figures {
  return Object.fromEntries(figureNames.map((name) => [name, BigInt(row[name])])) as Figures;
}

function plus(left: Figures, right: Figures): Figures {
  const sum = figureNames.map((name) => [name, left[name] + right[name]]);
  return Object.fromEntries(sum) as Figures;
}
