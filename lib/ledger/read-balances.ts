import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import type { AccountCode } from "#lib/ledger/chart";
import type { Account, BookKey } from "#lib/ledger/entry";
import { waiting } from "#lib/ledger/waiting";
import type { Currency } from "#lib/money/currency";

/** What an account holds: debits less credits. */
export type Balance = {
  readonly account: Account;
  readonly currency: Currency;
  readonly minor: bigint;
};

/** Up to just before which instant, by when it was so or by when it was written. */
export type AsOf = { readonly effective: Date } | { readonly posted: Date };

/** What its entries are about; each narrows. */
export type Dimensions = {
  readonly tenantId?: string;
  readonly customerId?: string;
  readonly paymentId?: string;
  readonly country?: string;
  readonly method?: string;
  readonly plan?: string;
};

export type BalanceQuery = {
  readonly book: BookKey;
  readonly currency?: Currency;
  readonly code?: AccountCode;
  readonly subject?: string;
  readonly at?: AsOf;
  readonly dimensions?: Dimensions;
};

/**
 * The balances of a book's accounts that are not zero, exact in one view of all. As they are now
 * they cost by how many are open. As of an instant an account that is one costs by days, and one
 * that has parts by what came since. By tenant, plan, country and method what is earned and spent
 * costs by days; all else by a dimension, or of one part at an instant, by the moves that it has.
 */
export async function readBalances(tx: Tx, query: BalanceQuery): Promise<Balance[]> {
  const rows = await tx.$queryRaw<Row[]>`
    with own as materialized (
      select a.id, a.code, a.currency, a.is_kept,
        c.kind in ('income', 'contra', 'expense') as is_sliced
      from ledger_accounts a join ledger_books b on b.id = a.book_id
        join ledger_chart c on c.code = a.code
      where b.key = ${query.book} ${equal("a.code", query.code)}
        ${equal("a.currency", query.currency)}
    ), part as (${partsOf(query)})
    select own.code, own.currency, part.subject, sum(part.minor)::text as minor
    from part join own on own.id = part.account_id
    where true ${equal("part.subject", query.subject)}
    group by own.code, own.currency, part.subject having sum(part.minor) <> 0
    order by own.code, own.currency, part.subject`;
  return rows.map(({ code, currency, subject, minor }) => ({
    account: { code, subject },
    currency,
    minor: BigInt(minor),
  }));
}

type Row = { code: AccountCode; currency: Currency; subject: string; minor: string };

/** Where a query finds what adds up to its balances. */
function partsOf(query: BalanceQuery): Prisma.Sql {
  const { at, dimensions, subject } = query;
  if (dimensions && isSliced(query)) {
    return Prisma.sql`${sliced(dimensions, at)} union all ${moved(query, "not is_sliced")}`;
  }
  if (dimensions || (at && subject)) return moved(query);
  if (!at) return present();
  if ("posted" in at) return Prisma.sql`${present()} union all ${postedSince(at.posted)}`;
  return Prisma.sql`${whole(at.effective)} union all ${present("is_kept")}
    union all ${effectiveSince(at.effective)}`;
}

/** Whether a day's slices are kept by all that is asked. */
function isSliced({ at, dimensions, subject }: BalanceQuery): boolean {
  const { customerId, paymentId } = dimensions ?? {};
  return !customerId && !paymentId && !subject && !(at && "posted" in at);
}

/** Both sides of moves `m`, as what each adds to its account. */
const legs = Prisma.sql`cross join lateral (values
  (m.to_account, m.to_subject, m.minor::numeric),
  (m.from_account, m.from_subject, -m.minor::numeric)) leg (account_id, subject, minor)`;

/** What is folded, and what waits to be. */
function present(which = "true"): Prisma.Sql {
  const own = Prisma.sql`select id from own where ${Prisma.raw(which)}`;
  return Prisma.sql`
    select k.account_id, k.subject, k.minor from ledger_balances k where k.account_id in (${own})
    union all
    select leg.account_id, leg.subject, leg.minor from ${waiting} ${legs}
    where leg.account_id in (${own})`;
}

/** Accounts that are one, at an instant: whole days, and what of the last was so by then. */
function whole(at: Date): Prisma.Sql {
  const day = dayOf(at);
  return Prisma.sql`
    select d.account_id, '' as subject, d.debit - d.credit as minor
    from own join ledger_days d on d.account_id = own.id
    where not own.is_kept and d.day < (${day} at time zone 'UTC')::date
    union all
    select leg.account_id, '', leg.minor from ${waiting} ${legs}
    where leg.account_id in (select id from own where not is_kept) and m.effective_at < ${day}
    union all
    select m.to_account, '', m.minor from own join ledger_moves m on m.to_account = own.id
    where not own.is_kept and m.effective_at >= ${day} and m.effective_at < ${at}
    union all
    select m.from_account, '', -m.minor from own join ledger_moves m on m.from_account = own.id
    where not own.is_kept and m.effective_at >= ${day} and m.effective_at < ${at}`;
}

/** When the day of an instant began. */
function dayOf(at: Date): Prisma.Sql {
  return Prisma.sql`date_trunc('day', ${at}::timestamptz, 'UTC')`;
}

/** What was written at an instant or after it, to be taken off again. */
function postedSince(at: Date): Prisma.Sql {
  return Prisma.sql`
    select leg.account_id, leg.subject, -leg.minor
    from ledger_entries e join ledger_moves m on m.entry_id = e.id ${legs}
    where e.posted_at >= ${at} and leg.account_id in (select id from own)`;
}

/** What was so at an instant or after it of accounts that have parts, to be taken off again. */
function effectiveSince(at: Date): Prisma.Sql {
  return Prisma.sql`
    select m.to_account, m.to_subject, -m.minor::numeric
    from own join ledger_moves m on m.to_account = own.id and m.effective_at >= ${at}
    where own.is_kept
    union all
    select m.from_account, m.from_subject, m.minor::numeric
    from own join ledger_moves m on m.from_account = own.id and m.effective_at >= ${at}
    where own.is_kept`;
}

/** What was earned and spent, by what its entries are about: whole days, then the moves. */
function sliced(dimensions: Dimensions, at: AsOf | undefined): Prisma.Sql {
  const instant = at && "effective" in at ? at.effective : undefined;
  const day = instant && dayOf(instant);
  const cutDay = (side: "to" | "from") => Prisma.sql`
    union all
    select m.${Prisma.raw(`${side}_account`)}, '', ${Prisma.raw(side === "to" ? "" : "-")}m.minor
    from own join ledger_moves m on m.${Prisma.raw(`${side}_account`)} = own.id
        and m.effective_at >= ${day} and m.effective_at < ${instant}
      join ledger_entries e on e.id = m.entry_id
    where own.is_sliced ${about(dimensions)}`;
  return Prisma.sql`
    select s.account_id, '' as subject, s.debit - s.credit as minor
    from own join ledger_slices s on s.account_id = own.id
    where own.is_sliced ${equal("s.about_tenant_id", dimensions.tenantId)}
      ${equal("s.plan", dimensions.plan)} ${equal("s.country", dimensions.country)}
      ${equal("s.method", dimensions.method)}
      ${day ? Prisma.sql`and s.day < (${day} at time zone 'UTC')::date` : Prisma.empty}
    union all
    select leg.account_id, '', leg.minor
    from ${waiting} join ledger_entries e on e.id = m.entry_id ${legs}
    where leg.account_id in (select id from own where is_sliced) ${about(dimensions)}
      ${day ? Prisma.sql`and m.effective_at < ${day}` : Prisma.empty}
    ${instant ? Prisma.sql`${cutDay("to")} ${cutDay("from")}` : Prisma.empty}`;
}

/** The moves themselves, by what their entries are about and when they were so. */
function moved({ book, subject, at, dimensions = {} }: BalanceQuery, which = "true"): Prisma.Sql {
  return Prisma.sql`
    select leg.account_id, leg.subject, leg.minor
    from ledger_entries e join ledger_moves m on m.entry_id = e.id ${legs}
    where e.book_id = (select id from ledger_books where key = ${book})
      and leg.account_id in (select id from own where ${Prisma.raw(which)})
      ${about(dimensions)}
      ${subject ? Prisma.sql`and ${subject} in (m.from_subject, m.to_subject)` : Prisma.empty}
      ${before(at)}`;
}

function about({ plan, ...of }: Dimensions): Prisma.Sql {
  return Prisma.sql`
    ${equal("e.about_tenant_id", of.tenantId)} ${equal("e.customer_id", of.customerId)}
    ${equal("e.payment_id", of.paymentId)} ${equal("e.country", of.country)}
    ${equal("e.method", of.method)} ${equal("m.plan", plan)}`;
}

function before(at: AsOf | undefined): Prisma.Sql {
  if (!at) return Prisma.empty;
  if ("posted" in at) return Prisma.sql`and e.posted_at < ${at.posted}`;
  return Prisma.sql`and m.effective_at < ${at.effective}`;
}

function equal(column: string, value: string | undefined): Prisma.Sql {
  return value === undefined ? Prisma.empty : Prisma.sql`and ${Prisma.raw(column)} = ${value}`;
}
