import type { RefusalCode } from "#lib/errors";

/** A use as it was reported and found good. Decimals are strings without needless zeros. */
export type UsageEvent = {
  readonly key: string;
  readonly meterKey: string;
  /** ISO 8601 in UTC, to the millisecond. */
  readonly at: string;
  /** False where the sender left it to us: then a copy may be of another instant. */
  readonly isAtGiven: boolean;
  readonly value: string;
  readonly uniqueValue: string | null;
  readonly dimensions: Dimensions | null;
};

export type Dimensions = Readonly<Record<string, string | number | boolean>>;

/** Why one event of a request was not taken. `detail` says what to do. */
export type RefusedEvent = {
  readonly index: number;
  readonly key: string | null;
  readonly status: number;
  readonly code: RefusalCode;
  readonly field: string;
  readonly detail: string;
};

/** What became of a request's events. A duplicate was taken before and is not counted again. */
export type UsageReceipt = {
  readonly accepted: number;
  readonly duplicates: number;
  readonly refused: readonly RefusedEvent[];
};

/** An event as its row has it. */
export type StoredEvent = {
  readonly meter: string;
  readonly at: string;
  readonly value: string;
  readonly unique: string | null;
  readonly dimensions: Dimensions | null;
  readonly corrected: boolean;
};

export const mostEvents = 1_000;
export const usageBodyLimitBytes = 1_000_000;
/** Clocks differ; Stripe gives as much. */
export const aheadMs = 5 * 60_000;

/** The first field in which an event differs from what its key names already; null where none. */
export function differenceOf(
  event: UsageEvent,
  stored: Omit<StoredEvent, "corrected">,
): { field: string; was: string; is: string } | null {
  const pairs = [
    ["meter", stored.meter, event.meterKey],
    ["value", plainDecimal(stored.value), event.value],
    ["unique", stored.unique ?? "nothing", event.uniqueValue ?? "nothing"],
    ["dimensions", sorted(stored.dimensions), sorted(event.dimensions)],
    ["at", isoOf(stored.at), event.isAtGiven ? event.at : isoOf(stored.at)],
  ] as const;
  const [field, was, is] = pairs.find(([, before, after]) => before !== after) ?? [];
  return field === undefined ? null : { field, was: was!, is: is! };
}

/** A decimal without needless zeros, so that equal numbers are equal texts. */
export function plainDecimal(text: string): string {
  const bare = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return bare.replace(/^(-?)0+(?=\d)/, "$1");
}

/** PostgreSQL keeps no order of keys, and nor do senders. */
function sorted(dimensions: Dimensions | null): string {
  const entries = Object.entries(dimensions ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? "nothing" : JSON.stringify(Object.fromEntries(entries));
}

function isoOf(at: string): string {
  return new Date(at).toISOString();
}
