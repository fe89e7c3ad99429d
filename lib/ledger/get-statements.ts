import { z } from "zod";
import type { Tx } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import { type Book, findBook } from "#lib/ledger/list-books";
import {
  type BalanceSheet,
  type IncomeStatement,
  type Total,
  type TrialBalance,
  toBalanceSheets,
  toIncomeStatements,
  toTrialBalances,
} from "#lib/ledger/statements";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

const day = z.iso.date().describe("A day, in UTC.");

export const statementQuery = z.object({
  to: day.optional().describe("The last day that counts; without it, up to this moment."),
  from: day.optional().describe("The first day of the income statement; the year's by itself."),
});
export type StatementQuery = z.output<typeof statementQuery>;

export type Statements = {
  readonly book: Book;
  /** Just before which instant. */
  readonly before: Date;
  readonly from: Date;
  readonly trialBalances: TrialBalance[];
  readonly balanceSheets: BalanceSheet[];
  readonly incomeStatements: IncomeStatement[];
};

/** A book's trial balance, balance sheet and income statement as of any day, in one view. */
export async function getStatements(
  ctx: PlatformContext,
  { book: key, to, from }: StatementQuery & { book: string },
): Promise<Statements> {
  requirePlatform(ctx, "ledger:read");

  return view(ctx, async (tx) =>
    readStatements(tx, await findBook(tx, key), { to, from }, ctx.now()),
  );
}

/** The same of a book that was found already. */
export async function readStatements(
  tx: Tx,
  book: Book,
  { to, from }: StatementQuery,
  now: Date,
): Promise<Statements> {
  const { before, start, year } = spanOf(now, to, from);
  const [earlier, began, totals] = await readTotals(tx, book.id, [start, year, before]);
  return {
    ...{ book, before, from: start },
    trialBalances: toTrialBalances(totals),
    balanceSheets: toBalanceSheets(totals, began),
    incomeStatements: toIncomeStatements(earlier, totals),
  };
}

/** What each account held just before each of three instants, in one view of all. */
async function readTotals(tx: Tx, bookId: number, instants: readonly [Date, Date, Date]) {
  const rows = await tx.$queryRaw<(Omit<Total, "minor"> & { minor: string; at: number })[]>`
    select asked.at::integer as at, t.code, t.currency, t.minor::text as minor
    from unnest(${instants.map((one) => one.toISOString())}::timestamptz[])
      with ordinality as asked (before, at)
    cross join lateral app.ledger_totals(${bookId}::integer, asked.before) t`;
  const totals = rows.map(({ at, minor, ...row }) => ({ ...row, at, minor: BigInt(minor) }));
  const at = (place: number) => totals.filter((total) => total.at === place);
  return [at(1), at(2), at(3)] as const;
}

function spanOf(now: Date, to?: string, from?: string) {
  // What is written in this millisecond is not yet the past.
  const before = to
    ? new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000)
    : new Date(now.getTime() + 1);
  const year = new Date(Date.UTC(new Date(before.getTime() - 1).getUTCFullYear(), 0, 1));
  return { before, year, start: from ? new Date(`${from}T00:00:00Z`) : year };
}
