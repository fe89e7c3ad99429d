import type { Tx } from "#lib/db/client";
import type { AccountCode } from "#lib/ledger/chart";
import { listOpen, type OpenAfter } from "#lib/ledger/list-open";
import type { OpenReference, OpenSide } from "#lib/reconciliation/judge-clearing";

const pageSize = 1_000;

export type Open = { reference: string; currency: string; minor: bigint; since: Date };

/** Every subject of an account that is not at zero, and since when. Costs by what is open. */
export async function readOpen(tx: Tx, book: string, code: AccountCode): Promise<Open[]> {
  const open: Open[] = [];
  for (let after: OpenAfter | undefined; ; ) {
    const page = await listOpen(tx, { book, code, limit: pageSize, ...(after && { after }) });
    open.push(...page.map(({ subject, ...item }) => ({ ...item, reference: subject })));
    after = page.at(-1);
    if (page.length < pageSize) return open;
  }
}

type SideRow = Omit<OpenSide, "minor"> & { subject: string; minor: string };

/** Open clearing references with what each entry put into them, by key. */
export async function readSides(
  tx: Tx,
  book: string,
  open: readonly Open[],
): Promise<OpenReference[]> {
  if (open.length === 0) return [];
  const subjects = [...new Set(open.map(({ reference }) => reference))];
  const rows = await tx.$queryRaw<SideRow[]>`
    with own as materialized (
      select a.id, a.currency from ledger_accounts a join ledger_books b on b.id = a.book_id
      where b.key = ${book} and a.code = 'stripe:clearing'
    )
    select asked.subject, e.reference, e.kind, own.currency, sum(leg.minor)::text as minor
    from unnest(${subjects}::text[]) as asked (subject)
      cross join lateral (
        select m.entry_id, m.to_account as account_id, m.minor::numeric as minor
        from ledger_moves m where m.to_subject = asked.subject and m.to_subject <> ''
        union all
        select m.entry_id, m.from_account, -m.minor::numeric
        from ledger_moves m where m.from_subject = asked.subject and m.from_subject <> ''
      ) leg
      join own on own.id = leg.account_id join ledger_entries e on e.id = leg.entry_id
    group by 1, 2, 3, 4 order by 1, 2`;
  const known = await readKnown(tx, subjects);
  const sides = Map.groupBy(rows, ({ subject }) => subject);
  return open.map((one) => ({
    ...{ ...one, isKnown: known.has(one.reference) },
    sides: (sides.get(one.reference) ?? []).map(({ subject: _, minor, ...side }) => ({
      ...{ ...side, minor: BigInt(minor) },
    })),
  }));
}

/** Objects that our own records know, whether or not the book does. */
async function readKnown(tx: Tx, subjects: readonly string[]): Promise<Set<string>> {
  const rows = await tx.fact.findMany({
    where: { objectId: { in: subjects.map((subject) => subject.split("/")[0]!) } },
    select: { objectId: true },
  });
  return new Set(rows.map(({ objectId }) => objectId));
}
