import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import type { AccountCode } from "#lib/ledger/chart";
import type { BookKey } from "#lib/ledger/entry";
import { waiting } from "#lib/ledger/waiting";
import type { Currency } from "#lib/money/currency";

/** A part of an account that is kept by subject, and is not zero. */
export type OpenItem = {
  readonly code: AccountCode;
  readonly subject: string;
  readonly currency: Currency;
  /** Debits less credits. */
  readonly minor: bigint;
  /** When the first move of what is open was so. */
  readonly since: Date;
};

/** Where a list of open items goes on: after this one. */
export type OpenAfter = Pick<OpenItem, "since" | "subject" | "currency">;

export type OpenQuery = {
  readonly book: BookKey;
  readonly code: AccountCode;
  readonly currency?: Currency;
  /** Open since before this instant. */
  readonly olderThan?: Date;
  readonly after?: OpenAfter;
  readonly limit: number;
};

/**
 * What of an account is open, the oldest first: which clearing references have not returned to
 * zero, which tenants owe. Costs by how many are open, not by how many ever were.
 */
export async function listOpen(tx: Tx, query: OpenQuery): Promise<OpenItem[]> {
  const { book, code, currency, olderThan, after, limit } = query;
  const rows = await tx.$queryRaw<(Omit<OpenItem, "minor"> & { minor: string })[]>`
    with own as materialized (
      select a.id, a.code, a.currency from ledger_accounts a
      join ledger_books b on b.id = a.book_id
      where b.key = ${book} and a.code = ${code}
        ${currency ? Prisma.sql`and a.currency = ${currency}` : Prisma.empty}
    ), part as (
      select k.account_id, k.subject, k.minor, k.since, true as "isFolded" from ledger_balances k
      where k.account_id in (select id from own)
      union all
      select leg.account_id, leg.subject, leg.minor, m.effective_at, false
      from ${waiting}
        cross join lateral (values
          (m.to_account, m.to_subject, m.minor::numeric),
          (m.from_account, m.from_subject, -m.minor::numeric)) leg (account_id, subject, minor)
      where leg.account_id in (select id from own)
    ), item as (
      select own.code, own.currency, part.subject, sum(part.minor) as minor,
        coalesce(min(part.since) filter (where part."isFolded"), min(part.since)) as since
      from part join own on own.id = part.account_id
      group by own.code, own.currency, part.subject having sum(part.minor) <> 0
    )
    select code, subject, currency, minor::text as minor, since from item
    where true ${olderThan ? Prisma.sql`and since < ${olderThan}` : Prisma.empty}
      ${
        after
          ? Prisma.sql`and (since, subject, currency)
            > (${after.since}, ${after.subject}, ${after.currency})`
          : Prisma.empty
      }
    order by since, subject, currency limit ${limit}`;
  return rows.map((row) => ({ ...row, minor: BigInt(row.minor) }));
}
