import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact, view } from "#lib/db/transaction";
import { messageOf } from "#lib/errors";
import { newId } from "#lib/ids";
import {
  noteStanding,
  type Reconciled,
  reconcilePairs,
  reconcileTotals,
  type Tools,
} from "#lib/reconciliation/reconcile-book";
import { settleMarks } from "#lib/reconciliation/settle-marks";
import { tellVerdict } from "#lib/reconciliation/tell-outside";

const marksAtOnce = 10_000;
const hourMs = 3_600_000;

type Marked = { references: string[]; marks: bigint[]; fresh: number };

/**
 * Compares what changed since the last pass, account by account: balance transactions that were
 * written or changed, what is open, and totals. An account where nothing happened is looked at once
 * an hour, because what is open grows late by itself. One account that fails stops no other.
 */
export async function reconcileChanges(ctx: Context, tools: Tools): Promise<Reconciled> {
  const began = Date.now();
  const books = await view(ctx, (tx) => dueBooks(tx, ctx.now()));
  const result = { asked: 0, found: 0 };
  const faults: string[] = [];
  for (const book of books) {
    try {
      const { asked, found } = await reconcileBook(ctx, tools, book);
      result.asked += asked;
      result.found += found;
    } catch (error) {
      faults.push(`${book}: ${messageOf(error)}`);
    }
  }
  if (result.asked > 0 || faults.length > 0) {
    await notePass(ctx, { ...result, books: books.length, began, faults });
  }
  if (faults.length > 0) throw new Error(faults.join("; "));
  return result;
}

/** One account: everything that is marked, then what is open and the totals. */
export async function reconcileBook(ctx: Context, tools: Tools, book: string): Promise<Reconciled> {
  const open = await view(ctx, (tx) => readOpenReferences(tx, book));
  const marked = await reconcileMarked(ctx, tools, book, open);
  const totals = await reconcileTotals(ctx, tools, book);
  // A person may have let a break be since, and what they let be is not open.
  await transact(ctx, "reconciliation.tell-verdict", (tx) =>
    tellVerdict(tx, ctx, book, tools.effects),
  );
  return { asked: marked.asked + totals.asked, found: marked.found + totals.found };
}

/**
 * What is marked of an account, and what else is named. A mark goes with what was found by it; what
 * agrees is settled in the database, and only what differs is read.
 */
export async function reconcileMarked(
  ctx: Context,
  tools: Tools,
  book: string,
  also: readonly string[] = [],
): Promise<Reconciled> {
  const result = { asked: 0, found: 0 };
  for (let named = also; ; named = []) {
    const { read, left, isAll } = await settle(ctx, book);
    result.asked += read - left;
    if (left > 0 || named.length > 0) {
      const looked = await lookAt(ctx, tools, book, named);
      result.asked += looked.asked;
      result.found += looked.found;
    }
    if (isAll) return result;
  }
}

function settle(ctx: Context, book: string) {
  return transact(ctx, "reconciliation.settle-marks", async (tx) => {
    const settled = await settleMarks(tx, book);
    if (settled.read > settled.left) {
      const standing = { book, check: "transaction.entry" as const, asked: settled.fresh };
      await noteStanding(tx, ctx, { ...standing, isWhole: false });
    }
    return settled;
  });
}

/** Marks that are left, until there are fewer than are looked at together; and what is named. */
async function lookAt(
  ctx: Context,
  tools: Tools,
  book: string,
  also: readonly string[],
): Promise<Reconciled> {
  const result = { asked: 0, found: 0 };
  for (let named = also; ; named = []) {
    const { references: changed, marks, fresh } = await view(ctx, (tx) => readMarks(tx, book));
    const references = [...new Set([...changed, ...named])];
    if (references.length === 0) return result;
    const { asked, found } = await reconcilePairs(ctx, tools, { book, references }, async (tx) => {
      await takeMarks(tx, book, marks);
      const standing = { book, check: "transaction.entry" as const, asked: fresh };
      await noteStanding(tx, ctx, { ...standing, isWhole: false });
    });
    result.asked += asked;
    result.found += found;
    if (marks.length < marksAtOnce) return result;
  }
}

/** Accounts with something to compare: marks, breaks that are not gone, or an hour gone by. */
async function dueBooks(tx: Tx, now: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ book: string }[]>`
    select distinct book from reconciliation_marks
    union select distinct book from reconciliation_breaks where status in ('open', 'expected')
    union select b.key from ledger_books b left join reconciliation_standings s
        on s.book = b.key and s."check" = 'clearing'
      where s.checked_at is null or s.checked_at < ${new Date(now.getTime() - hourMs)}
    order by 1`;
  return rows.map(({ book }) => book);
}

async function readMarks(tx: Tx, book: string): Promise<Marked> {
  const rows = await tx.reconciliationMark.findMany({
    where: { book },
    ...{ orderBy: { id: "asc" }, take: marksAtOnce },
  });
  return {
    references: [...new Set(rows.map(({ reference }) => reference))],
    marks: rows.map(({ id }) => id),
    fresh: rows.filter(({ isNew }) => isNew).length,
  };
}

/** Only those that were read: one that was written since may carry a lower number. */
async function takeMarks(tx: Tx, book: string, marks: readonly bigint[]): Promise<void> {
  if (marks.length === 0) return;
  await tx.$executeRaw`
    delete from reconciliation_marks
    where book = ${book} and id = any(${marks}::bigint[])`;
}

async function readOpenReferences(tx: Tx, book: string): Promise<string[]> {
  const rows = await tx.reconciliationBreak.findMany({
    where: {
      ...{ book, status: { not: "gone" } },
      check: { in: ["transaction.entry", "entry.transaction"] },
    },
    select: { reference: true },
  });
  return rows.map(({ reference }) => reference);
}

type Pass = Reconciled & { books: number; began: number; faults: readonly string[] };

/** A pass that asked something, as the list of runs says it. */
async function notePass(ctx: Context, pass: Pass): Promise<void> {
  const { asked, found, books, began, faults } = pass;
  const now = ctx.now();
  const spentMs = Date.now() - began;
  await transact(ctx, "reconciliation.note-pass", (tx) =>
    tx.reconciliationRun.create({
      data: {
        ...{ id: newId("reconciliationRun", now), kind: "continuous", status: "done" },
        ...{ startedAt: now, finishedAt: now, progressedAt: now, books, booksDone: books },
        ...{ asked, found, spentMs, error: faults[0] ?? null },
      },
    }),
  );
}
