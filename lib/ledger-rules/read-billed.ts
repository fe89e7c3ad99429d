import type { Tx } from "#lib/db/client";
import { type Move, platformBook } from "#lib/ledger/entry";
import { readMoves } from "#lib/ledger-rules/read-posted";

/** What of an invoice is taken back when it is void; payments are not, they are owed back. */
const kinds = [
  ...["invoice.finalized", "invoice.balance_applied", "revenue.earned"],
  ...["credit_note.issued", "credit_note.voided"],
];

/**
 * All that invoices have come to so far, with their credit notes and the days that were earned. Who
 * asks has the invoices for itself until it is done, so that none misses what another is at.
 */
export async function readBilled(
  tx: Tx,
  invoiceIds: readonly string[],
): Promise<Map<string, Move[]>> {
  if (invoiceIds.length === 0) return new Map();
  await tx.$queryRaw`
    select pg_advisory_xact_lock(20474, hashtext(id))::text
    from unnest(${[...new Set(invoiceIds)].sort()}::text[]) as invoice (id)`;
  const rows = await tx.$queryRaw<{ invoiceId: string; reference: string }[]>`
    with asked as (
      select distinct id from unnest(${[...invoiceIds]}::text[]) as invoice (id)
    ), made as (
      select id as "invoiceId", id as object_id from asked
      union all
      select n.invoice_id, n.id from asked join stripe_credit_notes n
        on n.invoice_id = asked.id and n.account = ''
    )
    select made."invoiceId", e.reference from made
      join ledger_entries e on e.object_id = made.object_id and e.kind = any(${kinds}::text[])
      join ledger_books b on b.id = e.book_id and b.key = ${platformBook}
    order by e.id`;
  const moves = await readMoves(
    tx,
    rows.map(({ reference }) => ({ book: platformBook, reference })),
  );
  const billed = new Map<string, Move[]>();
  for (const { invoiceId, reference } of rows) {
    const found = moves.get(`${platformBook} ${reference}`) ?? [];
    billed.set(invoiceId, [...(billed.get(invoiceId) ?? []), ...found]);
  }
  return billed;
}
