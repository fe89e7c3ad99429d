import { type Discount, type Shares, takeDiscounts } from "#lib/rater/discounts";
import { type TaxRate, taxOn } from "#lib/rater/taxes";

/** A line whose amount is known, before what an invoice does to it. */
export type InvoiceLine = {
  minor: bigint;
  productId: string | null;
  isDiscountable: boolean;
  discounts: readonly Discount[];
  taxes: readonly TaxRate[];
  /** What granted credit paid of it before tax. */
  creditMinor: bigint;
};

export type InvoiceTerms = {
  discounts: readonly Discount[];
  /** The customer's balance before it: below zero is credit. */
  startingBalanceMinor: bigint;
};

export type RatedInvoice = {
  /** Per line: what each discount took, and the tax by rate. */
  lines: { shares: Shares; taxes: { id: string; minor: bigint }[] }[];
  /** After the discounts of single lines, before those of the invoice. */
  subtotalMinor: bigint;
  discountMinor: bigint;
  taxMinor: bigint;
  totalMinor: bigint;
  dueMinor: bigint;
  endingBalanceMinor: bigint;
};

/** Stripe charges nothing smaller; what is less is carried over to the balance. */
const leastChargeMinor = 50n;

/** What an invoice comes to from its lines: discounts, granted credit, tax, and the balance. */
export function rateInvoice(
  lines: readonly InvoiceLine[],
  { discounts, startingBalanceMinor }: InvoiceTerms,
): RatedInvoice {
  const shares = takeDiscounts(lines, discounts);
  const rated = lines.map((line, place) => {
    const left = line.minor - sumOf(shares[place]!) - line.creditMinor;
    const taxes = line.taxes.map((rate) => ({ ...rate, minor: taxOn(left, rate) }));
    return { line, left, shares: shares[place]!, taxes };
  });
  const ofInvoice = new Set(discounts.map(({ id }) => id));
  const ownMinor = sumOf(shares.flat().filter(({ id }) => !ofInvoice.has(id)));
  const taxes = rated.flatMap((each) => each.taxes);
  const addedMinor = sumOf(taxes.filter(({ isInclusive }) => !isInclusive));
  const totalMinor = rated.reduce((sum, { left }) => sum + left, addedMinor);
  return {
    lines: rated.map((each) => ({
      shares: each.shares,
      taxes: each.taxes.map(({ id, minor }) => ({ id, minor })),
    })),
    subtotalMinor: sumOf(lines) - ownMinor,
    discountMinor: sumOf(shares.flat()),
    taxMinor: sumOf(taxes),
    totalMinor,
    ...settle(totalMinor + startingBalanceMinor),
  };
}

function settle(wantedMinor: bigint) {
  const isCarried = wantedMinor < leastChargeMinor;
  return {
    dueMinor: isCarried ? 0n : wantedMinor,
    endingBalanceMinor: isCarried ? wantedMinor : 0n,
  };
}

function sumOf(parts: readonly { minor: bigint }[]): bigint {
  return parts.reduce((sum, { minor }) => sum + minor, 0n);
}
