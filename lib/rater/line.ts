import type { PriceOffer } from "#lib/catalog/plan";
import type { Currency } from "#lib/money/currency";
import type { Money } from "#lib/money/money";
import type { Period } from "#lib/rater/calendar";

/** What a line bills. */
export const lineKinds = [
  /** A whole period in advance, or one part of it where it has tiers. */
  "period",
  /** The usage of a period that ended, or one part of it. */
  "usage",
  /** A period on trial. */
  "trial",
  /** The part of a period that begins late or ends early, with nothing of it billed before. */
  "partial",
  /** What is left of a period after a change. */
  "remaining",
  /** What was paid of a period and is not used after a change, given back. */
  "unused",
  /** An amount that was decided elsewhere: an item by hand, a credit, a correction. */
  "item",
] as const;
export type LineKind = (typeof lineKinds)[number];

/** A line as it stands before anything is worked out. It carries no amount. */
export type UnratedLine = {
  kind: LineKind;
  currency: Currency;
  /** Units of all of the period, as a decimal; of packages how many units, not packages. */
  quantity: string;
  /** Which part of the price's tiers, from 0; null where the line is all of it. */
  part: number | null;
  period: Period;
};

/** What must be known to work a line out. */
export type Known = {
  /** What one period costs. Null where no price of ours is behind the line. */
  price: { offer: PriceOffer; included: string } | null;
  /** The whole period that the line's own is a part of. */
  whole: Period | null;
  /** Percentages taken off in their order, in an amount that is prorated: "12.5". */
  percents: readonly string[];
  /** What was charged for the whole period, where the line that did is known. */
  debitedMinor: bigint | null;
};

/** One step of a calculation: what was done, and what it came to. */
export type Step = { says: string; minor: string };

/** What a line must be, and how that comes about. */
export type Rated = { expected: Money; steps: Step[] };
