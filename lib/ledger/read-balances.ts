import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import type { AccountCode } from "#lib/ledger/chart";
import type { Account, BookKey } from "#lib/ledger/entry";
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
 * they cost by how many are open; as of an instant by what came since; by a dimension, or of one
 * subject at an instant, by the moves that it has.
 */
export async function readBalances(tx: Tx, query: BalanceQuery): Promise<Balance[]> {
  const { at, dimensions, subject } = query;
  const isOfMoves = dimensions || (at && subject);
  const parts = isOfMoves
    ? moved(query)
    : at
      ? Prisma.sql`${present} union all ${since(at)}`
      : present;
  const rows = await tx.$queryRaw<Row[]>`
    with own as materialized (
      select a.id, a.code, a.currency from ledger_accounts a
      join ledger_books b on b.id = a.book_id
      where b.key = ${query.book} ${equal("a.code", query.code)}
        ${equal("a.currency", query.currency)}
    ), part as (${parts})
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

/** Both sides of moves `m`, as what each adds to its account. */
const legs = Prisma.sql`cross join lateral (values
  (m.to_account, m.to_subject, m.minor::numeric),
  (m.from_account, m.from_subject, -m.minor::numeric)) leg (account_id, subject, minor)`;

/** What is folded, and what waits to be. */
const present = Prisma.sql`
  select k.account_id, k.subject, k.minor from ledger_balances k
  where k.account_id in (select id from own)
  union all
  select leg.account_id, leg.subject, leg.minor
  from ledger_unfolded u cross join lateral unnest(u.entries) entry
    join ledger_moves m on m.entry_id = entry ${legs}
  where leg.account_id in (select id from own)`;

/** What came at an instant or after it, to be taken off again. */
function since(at: AsOf): Prisma.Sql {
  if ("posted" in at) {
    return Prisma.sql`
      select leg.account_id, leg.subject, -leg.minor
      from ledger_entries e join ledger_moves m on m.entry_id = e.id ${legs}
      where e.posted_at >= ${at.posted} and leg.account_id in (select id from own)`;
  }
  return Prisma.sql`
    select m.to_account, m.to_subject, -m.minor::numeric
    from own join ledger_moves m on m.to_account = own.id and m.effective_at >= ${at.effective}
    union all
    select m.from_account, m.from_subject, m.minor::numeric
    from own join ledger_moves m on m.from_account = own.id and m.effective_at >= ${at.effective}`;
}

/** The moves themselves, by what their entries are about and when they were so. */
function moved({ book, subject, at, dimensions = {} }: BalanceQuery): Prisma.Sql {
  const { plan, ...about } = dimensions;
  return Prisma.sql`
    select leg.account_id, leg.subject, leg.minor
    from ledger_entries e join ledger_moves m on m.entry_id = e.id ${legs}
    where e.book_id = (select id from ledger_books where key = ${book})
      and leg.account_id in (select id from own)
      ${equal("e.about_tenant_id", about.tenantId)} ${equal("e.customer_id", about.customerId)}
      ${equal("e.payment_id", about.paymentId)} ${equal("e.country", about.country)}
      ${equal("e.method", about.method)} ${equal("m.plan", plan)}
      ${subject ? Prisma.sql`and ${subject} in (m.from_subject, m.to_subject)` : Prisma.empty}
      ${before(at)}`;
}

function before(at: AsOf | undefined): Prisma.Sql {
  if (!at) return Prisma.empty;
  if ("posted" in at) return Prisma.sql`and e.posted_at < ${at.posted}`;
  return Prisma.sql`and m.effective_at < ${at.effective}`;
}

function equal(column: string, value: string | undefined): Prisma.Sql {
  return value === undefined ? Prisma.empty : Prisma.sql`and ${Prisma.raw(column)} = ${value}`;
}
