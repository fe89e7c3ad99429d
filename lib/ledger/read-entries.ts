import type { Tx } from "#lib/db/client";
import type { Prisma } from "#lib/db/generated/client";
import type { AccountCode } from "#lib/ledger/chart";
import type { About, BookKey, Move } from "#lib/ledger/entry";
import type { Currency } from "#lib/money/currency";

/** An entry as it stands in its book. */
export type PostedEntry = {
  readonly id: bigint;
  readonly book: BookKey;
  readonly reference: string;
  readonly kind: string;
  readonly effectiveAt: Date;
  readonly postedAt: Date;
  readonly about: { readonly [Part in keyof About]-?: string | null };
  readonly corrects: string | null;
  readonly moves: readonly Move[];
};

/** What names an entry where it is not shown in full. */
export type EntryName = Pick<PostedEntry, "id" | "book" | "reference" | "kind" | "effectiveAt">;

type Row = Omit<PostedEntry, "about" | "moves"> & PostedEntry["about"] & { moves: MoveRow[] };
/** As JSON holds it: the amount is text, which loses nothing. */
type MoveRow = {
  from: AccountCode;
  fromSubject: string;
  to: AccountCode;
  toSubject: string;
  minor: string;
  currency: Currency;
  plan: string | null;
};

/** Entries `e` of books `b` with their moves, by what `rest` says of them and in its order. */
export async function readEntries(tx: Tx, rest: Prisma.Sql): Promise<PostedEntry[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select e.id, b.key as book, e.reference, e.kind, e.effective_at as "effectiveAt",
      e.posted_at as "postedAt", e.corrects, e.about_tenant_id as "tenantId",
      e.customer_id as "customerId", e.payment_id as "paymentId", e.country, e.method,
      e.object_id as "objectId", moved.moves
    from ledger_entries e join ledger_books b on b.id = e.book_id
      cross join lateral (
        select json_agg(json_build_object('from', f.code, 'fromSubject', m.from_subject,
          'to', t.code, 'toSubject', m.to_subject, 'minor', m.minor::text,
          'currency', f.currency, 'plan', m.plan) order by m.position) as moves
        from ledger_moves m join ledger_accounts f on f.id = m.from_account
          join ledger_accounts t on t.id = m.to_account
        where m.entry_id = e.id
      ) moved ${rest}`;
  return rows.map(toEntry);
}

/** The same without their moves; the latest first, and no more than fifty. */
export function readEntryNames(tx: Tx, where: Prisma.Sql): Promise<EntryName[]> {
  return tx.$queryRaw<EntryName[]>`
    select e.id, b.key as book, e.reference, e.kind, e.effective_at as "effectiveAt"
    from ledger_entries e join ledger_books b on b.id = e.book_id
    where ${where} order by e.effective_at desc, e.id desc limit 50`;
}

function toEntry({ moves, ...row }: Row): PostedEntry {
  const { tenantId, customerId, paymentId, country, method, objectId, ...head } = row;
  return {
    ...head,
    about: { tenantId, customerId, paymentId, country, method, objectId },
    moves: (moves ?? []).map(({ from, fromSubject, to, toSubject, minor, currency, plan }) => ({
      from: { code: from, subject: fromSubject },
      to: { code: to, subject: toSubject },
      ...{ minor: BigInt(minor), currency, ...(plan && { plan }) },
    })),
  };
}
