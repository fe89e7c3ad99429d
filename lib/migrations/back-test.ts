import type { Currency } from "#lib/money/currency";

/** What real periods would have cost on a version, beside what was billed for them. */
export type BackTest = {
  months: number;
  /** True where there are more subscribers than were looked at. */
  isCut: boolean;
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

/** One invoice of a subscription, without what a change or a correction put on it. */
export type BilledPeriod = {
  tenantId: string;
  versionNumber: number;
  currency: string;
  interval: string;
  seats: number;
  billedMinor: bigint;
  /** Units by meter. */
  used: Readonly<Record<string, string>>;
};
