import type { Tx } from "#lib/db/client";
import type { AccountCode } from "#lib/ledger/chart";
import { account, type BookKey, type Move } from "#lib/ledger/entry";
import type { Currency } from "#lib/money/currency";

export type Posted = { book: BookKey; reference: string };

type Row = Posted & {
  minor: bigint;
  currency: Currency;
  fromCode: AccountCode;
  fromSubject: string;
  toCode: AccountCode;
  toSubject: string;
  plan: string | null;
};

const keyOf = ({ book, reference }: Posted): string => `${book} ${reference}`;

/** Which of these entries are posted, by book and reference. */
export async function readPosted(tx: Tx, entries: readonly Posted[]): Promise<Set<string>> {
  if (entries.length === 0) return new Set();
  const rows = await tx.$queryRaw<Posted[]>`
    select asked.book, e.reference
    from unnest(${entries.map(({ book }) => book)}::text[],
      ${entries.map(({ reference }) => reference)}::text[]) as asked (book, reference)
    join ledger_books b on b.key = asked.book
    -- Each by its key: of a book that grows fast the planner knows too little, and read it whole.
    cross join lateral (select e.reference from ledger_entries e
      where e.book_id = b.id and e.reference = asked.reference limit 1) e`;
  return new Set(rows.map(keyOf));
}

/** The moves of entries, with those of the entries that correct them. */
export async function readMoves(tx: Tx, entries: readonly Posted[]): Promise<Map<string, Move[]>> {
  if (entries.length === 0) return new Map();
  const rows = await tx.$queryRaw<Row[]>`
    with asked as (
      select b.id, b.key, a.reference from unnest(${entries.map(({ book }) => book)}::text[],
        ${entries.map(({ reference }) => reference)}::text[]) as a (book, reference)
      join ledger_books b on b.key = a.book
    ), found as (
      select a.key, a.reference, e.id from asked a cross join lateral (
        select id from ledger_entries where book_id = a.id and reference = a.reference
        union all
        select id from ledger_entries where book_id = a.id and corrects = a.reference
      ) e
    )
    select f.key as book, f.reference, m.minor, fa.currency, fa.code as "fromCode",
      m.from_subject as "fromSubject", ta.code as "toCode", m.to_subject as "toSubject", m.plan
    from found f
      cross join lateral (select * from ledger_moves m where m.entry_id = f.id offset 0) m
      join ledger_accounts fa on fa.id = m.from_account
      join ledger_accounts ta on ta.id = m.to_account
    order by m.entry_id, m.position`;
  const moves = new Map<string, Move[]>();
  for (const row of rows) {
    const { minor, currency, plan } = row;
    const from = account(row.fromCode, row.fromSubject);
    const to = account(row.toCode, row.toSubject);
    const move = { from, to, minor, currency, ...(plan && { plan }) };
    moves.set(keyOf(row), [...(moves.get(keyOf(row)) ?? []), move]);
  }
  return moves;
}

/** How often an entry was corrected. */
export async function countCorrections(tx: Tx, { book, reference }: Posted): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from ledger_entries e join ledger_books b on b.id = e.book_id
    where b.key = ${book} and e.corrects = ${reference}`;
  return row?.count ?? 0;
}
