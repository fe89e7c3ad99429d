import { type AccountCode, type AccountKind, chart, isDebitNormal } from "#lib/ledger/chart";
import type { Currency } from "#lib/money/currency";

/** What an account holds, debits less credits. */
export type Total = {
  readonly code: AccountCode;
  readonly currency: Currency;
  readonly minor: bigint;
};

/** An account as statements show it: as what it is, so that what is usual is positive. */
export type Line = { readonly code: AccountCode; readonly minor: bigint };

export type TrialBalance = {
  readonly currency: Currency;
  readonly lines: readonly { code: AccountCode; debit: bigint; credit: bigint }[];
  readonly debit: bigint;
  readonly credit: bigint;
};

export type BalanceSheet = {
  readonly currency: Currency;
  readonly assets: readonly Line[];
  readonly liabilities: readonly Line[];
  readonly equity: readonly Line[];
  /** Earned less spent in the years before this one; equity, as is what was of it since. */
  readonly retained: bigint;
  readonly ofYear: bigint;
  /** Both: earned less spent since the first entry. */
  readonly result: bigint;
  readonly totalAssets: bigint;
  readonly totalOwed: bigint;
};

export type IncomeStatement = {
  readonly currency: Currency;
  readonly income: readonly Line[];
  readonly contra: readonly Line[];
  readonly expenses: readonly Line[];
  /** What was earned, less what of it was given back. */
  readonly net: bigint;
  readonly result: bigint;
};

/** Every account that is not zero, by its side. Both sides are equal, or it is a bug. */
export function toTrialBalances(totals: readonly Total[]): TrialBalance[] {
  return byCurrency(totals, (currency, own) => {
    const lines = own.map(({ code, minor }) => ({
      code,
      debit: minor > 0n ? minor : 0n,
      credit: minor < 0n ? -minor : 0n,
    }));
    const debit = lines.reduce((sum, line) => sum + line.debit, 0n);
    const credit = lines.reduce((sum, line) => sum + line.credit, 0n);
    return { currency, lines, debit, credit };
  });
}

/**
 * What a book has, owes and is worth. What nobody explains yet stands with what it has. A year ends
 * without an entry: what was earned before `yearBegan` is retained from then on.
 */
export function toBalanceSheets(
  totals: readonly Total[],
  yearBegan: readonly Total[],
): BalanceSheet[] {
  return byCurrency(totals, (currency, own) => {
    const assets = [...linesOf(own, "asset"), ...linesOf(own, "suspense")];
    const liabilities = linesOf(own, "liability");
    const equity = linesOf(own, "equity");
    const result = resultOf(own);
    const retained = resultOf(yearBegan.filter((total) => total.currency === currency));
    return {
      ...{ currency, assets, liabilities, equity, result, retained, ofYear: result - retained },
      totalAssets: sumOf(assets),
      totalOwed: sumOf(liabilities) + sumOf(equity) + result,
    };
  });
}

/** What was earned and spent between two instants, of the totals at each. */
export function toIncomeStatements(
  before: readonly Total[],
  after: readonly Total[],
): IncomeStatement[] {
  const changes = [...after, ...before.map((total) => ({ ...total, minor: -total.minor }))];
  return byCurrency(summed(changes), (currency, own) => {
    const [income, contra] = [linesOf(own, "income"), linesOf(own, "contra")];
    const net = sumOf(income) - sumOf(contra);
    const expenses = linesOf(own, "expense");
    return { currency, income, contra, expenses, net, result: net - sumOf(expenses) };
  }).filter((one) => one.income.length + one.contra.length + one.expenses.length > 0);
}

function byCurrency<T>(
  totals: readonly Total[],
  make: (currency: Currency, own: readonly Total[]) => T,
): T[] {
  const currencies = [...new Set(totals.map(({ currency }) => currency))].sort();
  const codes = Object.keys(chart);
  return currencies.map((currency) =>
    make(
      currency,
      totals
        .filter((total) => total.currency === currency && total.minor !== 0n)
        .toSorted((left, right) => codes.indexOf(left.code) - codes.indexOf(right.code)),
    ),
  );
}

function summed(totals: readonly Total[]): Total[] {
  const sums = new Map<string, Total>();
  for (const total of totals) {
    const key = `${total.code} ${total.currency}`;
    sums.set(key, { ...total, minor: (sums.get(key)?.minor ?? 0n) + total.minor });
  }
  return [...sums.values()];
}

function linesOf(own: readonly Total[], kind: AccountKind): Line[] {
  return own
    .filter(({ code }) => chart[code].kind === kind)
    .map(({ code, minor }) => ({ code, minor: isDebitNormal(kind) ? minor : -minor }));
}

function resultOf(own: readonly Total[]): bigint {
  const parts = [linesOf(own, "income"), linesOf(own, "contra"), linesOf(own, "expense")];
  const [income, contra, expense] = parts.map(sumOf);
  return income! - contra! - expense!;
}

function sumOf(lines: readonly Line[]): bigint {
  return lines.reduce((sum, { minor }) => sum + minor, 0n);
}
