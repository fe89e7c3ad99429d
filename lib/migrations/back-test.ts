import type { Currency } from "#lib/money/currency";

/** What real periods would have cost on a version, beside what was billed for them. */
export type BackTest = {
  months: number;
  /** Who was billed for a period at all. */
  subscribers: number;
  periods: number;
  /** Periods in a currency or interval the version is not offered in. */
  notOffered: number;
  totals: { currency: Currency; periods: number; billedMinor: bigint; wouldMinor: bigint }[];
  /** Who would have paid most more, or less, first. */
  rows: BackTestRow[];
};
export type BackTestRow = {
  tenantId: string;
  tenantName: string;
  versionNumber: number;
  currency: Currency;
  interval: string;
  periods: number;
  billedMinor: bigint;
  wouldMinor: bigint;
};

type OnWire<T> = { [K in keyof T]: T[K] extends bigint ? string : T[K] };

/** A back-test as it is kept and sent: amounts as strings of digits. */
export type BackTestAnswer = Omit<BackTest, "totals" | "rows"> & {
  totals: OnWire<BackTest["totals"][number]>[];
  rows: OnWire<BackTestRow>[];
};

/** A try of a version: how far it is, and what came of it. */
export type BackTestRunView = {
  id: string;
  status: "running" | "finished" | "failed";
  months: number;
  /** The revision of the draft that was tried. */
  revision: number;
  done: number;
  total: number;
  result: BackTestAnswer | null;
  error: string | null;
  startedAt: Date;
  finishedAt: Date | null;
};

/** One invoice of a subscription, without what a change or a correction put on it. */
export type BilledPeriod = {
  tenantId: string;
  versionNumber: number;
  currency: string;
  interval: string;
  seats: number;
  /** How many of an add-on. */
  times: number;
  billedMinor: bigint;
  /** Units by meter. */
  used: Readonly<Record<string, string>>;
};

export function emptyBackTest(months: number): BackTest {
  return { months, subscribers: 0, periods: 0, notOffered: 0, totals: [], rows: [] };
}

const mostRows = 100;

/** With a further page of subscribers. Only the rows that change most are kept. */
export function plusPage(
  so: BackTest,
  page: { billed: number; periods: number; rows: readonly BackTestRow[] },
): BackTest {
  const offered = page.rows.reduce((sum, row) => sum + row.periods, 0);
  const totals = new Map(so.totals.map((total) => [total.currency, total]));
  for (const { currency, periods, billedMinor, wouldMinor } of page.rows) {
    const sum = totals.get(currency) ?? { currency, periods: 0, billedMinor: 0n, wouldMinor: 0n };
    totals.set(currency, {
      currency,
      periods: sum.periods + periods,
      billedMinor: sum.billedMinor + billedMinor,
      wouldMinor: sum.wouldMinor + wouldMinor,
    });
  }
  const rows = [...so.rows, ...page.rows].sort((a, b) => Number(gapOf(b) - gapOf(a)));
  return {
    months: so.months,
    subscribers: so.subscribers + page.billed,
    periods: so.periods + offered,
    notOffered: so.notOffered + page.periods - offered,
    totals: [...totals.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1)),
    rows: rows.slice(0, mostRows),
  };
}

function gapOf({ billedMinor, wouldMinor }: BackTestRow): bigint {
  return billedMinor > wouldMinor ? billedMinor - wouldMinor : wouldMinor - billedMinor;
}
