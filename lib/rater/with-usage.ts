import { type Bounds, correctionOf, partsOf } from "#lib/catalog/price-of";
import { isCurrency } from "#lib/money/currency";
import { type Charge, chargesOf } from "#lib/rater/charges";
import type { Knowledge } from "#lib/rater/known-invoice";
import { rateInvoice } from "#lib/rater/rate-invoice";
import { countedKey } from "#lib/rater/read-counted";
import type { BilledInvoice, BilledLine } from "#lib/stripe/billed-invoice";

/** What was used of a price in a period, as a decimal, and the bounds of what that costs. */
export type Used = { quantity: string; bounds: Bounds };
type Known = Pick<Knowledge, "prices" | "rates" | "trial"> & {
  /** By `countedKey`. */
  used: ReadonlyMap<string, Used>;
};

/**
 * An invoice that is only drawn up, with what was used by our own count in place of what Stripe has
 * been told so far, and each minimum and cap met: what Stripe will draw up once it knows the same.
 * Discounts, taxes and the balance are worked out anew. As it was where nothing of it is usage, and
 * where its own lines do not come to what Stripe says they do: Stripe told us only some of them, a
 * tax has no known rate, a discount no coupon, or granted credit pays a part. Then Stripe alone can
 * say.
 */
export function withUsage(invoice: BilledInvoice, known: Known): BilledInvoice {
  const ofCredit = invoice.lines.some(({ creditMinor }) => creditMinor !== 0n);
  const rateIds = invoice.lines.flatMap(({ taxes }) => taxes.map(({ rateId }) => rateId));
  const isTaxed = rateIds.every((id) => id !== null && known.rates.has(id));
  const isTold = invoice.lines.every(({ discountIds }) => {
    return discountIds.every((one) => invoice.discounts.some(({ id }) => id === one));
  });
  if (ofCredit || !isTaxed || !isTold || !isCurrency(invoice.currency)) return invoice;
  const again = summed(invoice, invoice.lines, known);
  const isOurs = again.totalMinor === invoice.totalMinor && again.dueMinor === invoice.dueMinor;
  if (known.used.size === 0 || !isOurs) return invoice;
  const knowledge = { ...known, earlier: [], anchor: null, corrections: new Map() };
  const charges = chargesOf(invoice, knowledge);
  return summed(
    invoice,
    charges.flatMap((charge) => linesOf(charge, known)),
    known,
  );
}

function linesOf({ kind, price, lines }: Charge, known: Known): BilledLine[] {
  const [line] = lines;
  const used = line && kind === "usage" ? known.used.get(countedKey(line)) : undefined;
  if (!line || !price || !used) return lines;
  const parts = partsOf(price.offer, price.included, used.quantity).map((part) => ({
    ...line,
    ...{ amountMinor: part.minor, quantity: part.quantity ?? "1" },
    unitMinor: part.quantity === null ? null : part.eachMinor,
  }));
  const minor = parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const missing = correctionOf(minor, used.bounds);
  if (missing === 0n) return parts;
  // An item of less than nothing is not taken into discounts:
  // https://docs.stripe.com/api/invoiceitems/create#create_invoiceitem-discountable
  const bound = { ...line, productId: null, quantity: "1", unitMinor: null };
  const isMore = missing > 0n;
  return [...parts, { ...bound, amountMinor: missing, isDiscountable: isMore, isCredit: !isMore }];
}

function summed(invoice: BilledInvoice, lines: BilledLine[], { rates }: Known): BilledInvoice {
  const byId = new Map(invoice.discounts.map((discount) => [discount.id, discount]));
  const own = new Set(lines.flatMap(({ discountIds }) => discountIds));
  const rated = rateInvoice(
    lines.map(({ amountMinor: minor, productId, isDiscountable, creditMinor, ...line }) => ({
      ...{ minor, productId, isDiscountable, creditMinor },
      discounts: line.discountIds.flatMap((id) => byId.get(id) ?? []),
      taxes: line.taxes.flatMap(({ rateId }) => rates.get(rateId ?? "") ?? []),
    })),
    {
      discounts: invoice.discounts.filter(({ id }) => !own.has(id)),
      startingBalanceMinor: invoice.startingBalanceMinor,
    },
  );
  const { subtotalMinor, discountMinor, taxMinor, totalMinor, dueMinor } = rated;
  return {
    ...{ ...invoice, subtotalMinor, discountMinor, taxMinor, totalMinor, dueMinor },
    endingBalanceMinor: rated.endingBalanceMinor,
    lines: lines.map((line, place) => ({
      ...line,
      discountMinor: rated.lines[place]!.shares.reduce((sum, { minor }) => sum + minor, 0n),
      taxes: rated.lines[place]!.taxes.map(({ id, minor }) => ({ rateId: id, minor })),
    })),
  };
}
