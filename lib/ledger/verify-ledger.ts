import type { Tx } from "#lib/db/client";
import type { AccountCode } from "#lib/ledger/chart";
import type { BookKey } from "#lib/ledger/entry";
import type { Currency } from "#lib/money/currency";

/**
 * Something that is not as it was written: a row that was added, changed or taken away past the
 * walls, which only somebody with power over the database can do.
 */
export type LedgerFault =
  | { readonly kind: "seal_missing"; readonly seal: number }
  | { readonly kind: "entries_missing"; readonly seal: number; readonly entryIds: bigint[] }
  | { readonly kind: "entries_changed"; readonly seal: number }
  | { readonly kind: "entries_unsealed"; readonly entryIds: bigint[] }
  | {
      /** A closed period that does not come to what it did when it was closed. */
      readonly kind: "closing_differs";
      readonly closing: string;
      readonly code: AccountCode;
      readonly currency: Currency;
      readonly keptMinor: bigint;
      readonly movedMinor: bigint;
    }
  | {
      readonly kind: "balance_differs";
      readonly code: AccountCode;
      readonly subject: string;
      readonly currency: Currency;
      readonly keptMinor: bigint;
      readonly movedMinor: bigint;
    };

/** How far a verification has come; with it the next one reads only the seals since. */
export type Verified = { readonly faults: LedgerFault[]; readonly lastSeal: number };

/**
 * Works a book out anew from its entries: every seal, every entry's place in one, every balance,
 * and what was closed.
 * After `lastSeal` of an earlier look it reads the newer seals alone, and still all balances.
 */
export async function verifyLedger(
  tx: Tx,
  { book, afterSeal = 0 }: { book: BookKey; afterSeal?: number },
): Promise<Verified> {
  const [found] = await tx.$queryRaw<{ id: number; lastSeal: number }[]>`
    select b.id, coalesce((select max(number) from ledger_seals s where s.book_id = b.id), 0)
      as "lastSeal"
    from ledger_books b where b.key = ${book}`;
  if (!found) return { faults: [], lastSeal: 0 };
  const faults = [
    ...(await findBrokenSeals(tx, found.id, afterSeal)),
    ...(await findUnsealed(tx, found.id)),
    ...(await findWrongBalances(tx, found.id)),
    ...(await findWrongClosings(tx, found.id)),
  ];
  return { faults, lastSeal: found.lastSeal };
}

type Seal = {
  number: number;
  fault: "seal_missing" | "entries_missing" | "entries_changed";
  entries: bigint[] | null;
};

async function findBrokenSeals(tx: Tx, bookId: number, after: number): Promise<LedgerFault[]> {
  const rows = await tx.$queryRaw<Seal[]>`
    select number, fault, entries from app.verify_seals(${bookId}::integer, ${after}::integer)`;
  return rows.map(({ number: seal, fault: kind, entries }) =>
    kind === "entries_missing" ? { kind, seal, entryIds: entries ?? [] } : { kind, seal },
  );
}

/** Entries that are in no seal, and do not wait for one. */
async function findUnsealed(tx: Tx, bookId: number): Promise<LedgerFault[]> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    with sealed as materialized (
      select range_agg(s.entries) as entries from ledger_seals s where s.book_id = ${bookId}
    )
    select e.id from ledger_entries e
    where e.book_id = ${bookId}
      and not coalesce((select entries from sealed), '{}'::int8multirange) @> e.id
      and e.id not in (select unnest(u.entries) from ledger_unfolded u where u.book_id = ${bookId})
    order by e.id limit 1000`;
  return rows.length ? [{ kind: "entries_unsealed", entryIds: rows.map(({ id }) => id) }] : [];
}

type Difference = {
  code: AccountCode;
  subject: string;
  currency: Currency;
  kept: string;
  moved: string;
};

type Closed = Omit<Difference, "subject"> & { closing: string };

/** What is closed now, beside what its moves come to; a period that was opened again may change. */
async function findWrongClosings(tx: Tx, bookId: number): Promise<LedgerFault[]> {
  const rows = await tx.$queryRaw<Closed[]>`
    with last as materialized (
      select c.id, c.closed_before, c.totals from ledger_closings c
        join ledger_books b on b.id = c.book_id and b.closed_before = c.closed_before
      where c.book_id = ${bookId} order by c.at desc, c.id desc limit 1
    ), part as (
      select said.code, said.currency, said.minor as kept, 0 as moved
      from last cross join lateral jsonb_to_recordset(last.totals)
        as said (code text, currency text, minor numeric)
      union all
      select a.code, a.currency, 0, leg.minor from last join ledger_moves m
          on m.effective_at < last.closed_before
        cross join lateral (values (m.to_account, m.minor::numeric),
          (m.from_account, -m.minor::numeric)) leg (account_id, minor)
        join ledger_accounts a on a.id = leg.account_id and a.book_id = ${bookId}
    )
    select (select id from last) as closing, code, currency, sum(kept)::text as kept,
      sum(moved)::text as moved
    from part group by code, currency having sum(kept) <> sum(moved) order by 2, 3`;
  return rows.map(({ closing, code, currency, kept, moved }) => ({
    ...{ kind: "closing_differs" as const, closing, code, currency },
    ...{ keptMinor: BigInt(kept), movedMinor: BigInt(moved) },
  }));
}

/** Whether a kept balance of a book is not the sum of its moves. */
export async function hasWrongBalances(tx: Tx, book: BookKey): Promise<boolean> {
  const found = await tx.ledgerBook.findUnique({ where: { key: book }, select: { id: true } });
  return found !== null && (await findWrongBalances(tx, found.id)).length > 0;
}

/** Balances that are not the sum of their moves, as far as these are folded. */
async function findWrongBalances(tx: Tx, bookId: number): Promise<LedgerFault[]> {
  const rows = await tx.$queryRaw<Difference[]>`
    with own as materialized (
      select a.id, a.code, a.currency from ledger_accounts a where a.book_id = ${bookId}
    ), part as (
      select k.account_id, k.subject, k.minor as kept, 0 as moved from ledger_balances k
      where k.account_id in (select id from own)
      union all
      select leg.account_id, leg.subject, 0, leg.minor from ledger_moves m
        cross join lateral (values
          (m.to_account, m.to_subject, m.minor::numeric),
          (m.from_account, m.from_subject, -m.minor::numeric)) leg (account_id, subject, minor)
      where leg.account_id in (select id from own)
        and m.entry_id not in (
          select unnest(u.entries) from ledger_unfolded u where u.book_id = ${bookId})
    )
    select own.code, own.currency, part.subject, sum(kept)::text as kept, sum(moved)::text as moved
    from part join own on own.id = part.account_id
    group by own.code, own.currency, part.subject having sum(kept) <> sum(moved)
    order by 1, 2, 3`;
  return rows.map(({ code, subject, currency, kept, moved }) => ({
    ...{ kind: "balance_differs" as const, code, subject, currency },
    ...{ keptMinor: BigInt(kept), movedMinor: BigInt(moved) },
  }));
}
