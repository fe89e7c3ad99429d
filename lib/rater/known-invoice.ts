import type { ComponentKind, PriceOffer } from "#lib/catalog/plan";
import type { Period } from "#lib/rater/calendar";
import type { TaxRate } from "#lib/rater/taxes";
import type { BilledLine } from "#lib/stripe/billed-invoice";

/** A price of our catalogue, by the price at Stripe it was made as. */
export type KnownPrice = { offer: PriceOffer; included: string; kind: ComponentKind };

/** What a rule of ours put on an invoice, and why. */
export type Correction = { minor: bigint; says: string };

/** Usage of a period: what Stripe was told before its invoice was final, and what we count now. */
export type Counted = { told: string; counted: string };

/** What we know ourselves about what an invoice bills. */
export type Knowledge = {
  prices: ReadonlyMap<string, KnownPrice>;
  rates: ReadonlyMap<string, TaxRate>;
  /** Lines of the subscription's other invoices: what was charged before. */
  earlier: readonly BilledLine[];
  /** The instant the subscription's periods are counted from. */
  anchor: number | null;
  /** Items that a rule of ours made, by their ids at Stripe: a minimum, a cap, late usage. */
  corrections: ReadonlyMap<string, Correction>;
  /** Usage by `countedKey`; nothing where it was not looked up, as for what is only previewed. */
  counted?: ReadonlyMap<string, Counted>;
  /** The subscription's trial, if it ever had one. */
  trial: Period | null;
};
