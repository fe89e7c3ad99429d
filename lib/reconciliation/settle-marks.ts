import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { agreedBetween, besideEachOther, type Stretch } from "#lib/reconciliation/find-suspects";

const marksAtOnce = 25_000;

/** Marks that were read, how many of those that agreed said something new, and what is left. */
export type Settled = { read: number; fresh: number; left: number };

/**
 * Takes away the marks of what is the same on both sides and in no break, in one statement, so that
 * a pass costs by what changed. What differs keeps its marks and is looked at one by one.
 */
export async function settleMarks(tx: Tx, book: string): Promise<Settled & { isAll: boolean }> {
  const stretch = await findStretch(tx, book);
  const agreed = stretch ? await agreedBetween(tx, stretch) : await agreedByKey(tx, book);
  const [row] = await tx.$queryRaw<Settled[]>`
    with marked as materialized (${someMarks(book)}),
    broken as materialized (
      select reference from reconciliation_breaks
      where book = ${book} and status <> 'gone'
        and "check" in ('transaction.entry', 'entry.transaction')
    ), agreed as materialized (${agreed}),
    taken as (
      delete from reconciliation_marks k using marked m
      where k.book = ${book} and k.id = m.id and m.reference in (select reference from agreed)
        and m.reference not in (select reference from broken)
      returning m.is_new
    )
    select marks.read, marks.read - count(taken)::integer as left,
      count(*) filter (where is_new)::integer as fresh
    from (select count(*)::integer as read from marked) marks left join taken on true
    group by marks.read`;
  const settled = row ?? { read: 0, fresh: 0, left: 0 };
  return { ...settled, isAll: settled.read < marksAtOnce };
}

function someMarks(book: string): Prisma.Sql {
  return Prisma.sql`select id, reference, is_new, at from reconciliation_marks
    where book = ${book} limit ${marksAtOnce}`;
}

async function agreedByKey(tx: Tx, book: string): Promise<Prisma.Sql> {
  const { joined, differ } = await besideEachOther(tx, book);
  return Prisma.sql`
    with asked as materialized (
      select distinct reference, 'bt:' || reference as entry from marked
    )
    select asked.reference ${joined} where not ${differ}`;
}

/**
 * The time that the marks are of, where they are most of what happened in it: as it is with money,
 * what changes is what is new. Reading such a stretch in its order is cheaper than its rows by key.
 */
async function findStretch(tx: Tx, book: string): Promise<Stretch | null> {
  const account = book === "platform" ? "" : book;
  const [marked] = await tx.$queryRaw<{ count: number; from: Date | null; to: Date | null }[]>`
    select count(*)::integer as count, min(at) as from, max(at) + interval '1 millisecond' as to
    from (${someMarks(book)}) marked`;
  if (!marked?.from || !marked.to || marked.count < 100) return null;
  const { count, from, to } = marked;
  const most = 2 * count;
  const [within] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::integer as count from (
      select from stripe_balance_transactions
      where account = ${account} and created_at >= ${from} and created_at < ${to} limit ${most}
    ) part`;
  return within && within.count < most ? { book, from, to } : null;
}
