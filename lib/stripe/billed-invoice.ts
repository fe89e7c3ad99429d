import type Stripe from "stripe";
import { idOf } from "#lib/stripe/objects";

/** A discount as an invoice carries it: a percentage as a decimal, or an amount. */
export type BilledDiscount = {
  id: string;
  percent: string | null;
  amountMinor: bigint | null;
  productIds: string[] | null;
};

/** Whether it is in the amount or on top, its rate says. */
export type BilledTax = { rateId: string | null; minor: bigint };

/** A line as Stripe billed it. Instants are whole seconds. */
export type BilledLine = {
  id: string;
  description: string;
  amountMinor: bigint;
  /** A decimal: usage may come in parts. */
  quantity: string;
  /** Null where the line is a flat amount of a tier. */
  unitMinor: string | null;
  priceId: string | null;
  productId: string | null;
  /** The subscription's item it bills; null for an item by hand. */
  itemId: string | null;
  /** The item that waited for the invoice; null where it is the subscription's own line. */
  invoiceItemId: string | null;
  isProration: boolean;
  isCredit: boolean;
  isDiscountable: boolean;
  /** Discounts of the line alone. */
  discountIds: string[];
  discountMinor: bigint;
  /** What granted credit paid of it. */
  creditMinor: bigint;
  taxes: BilledTax[];
  from: number;
  to: number;
};

/** An invoice as Stripe billed it, whole. */
export type BilledInvoice = {
  id: string;
  number: string | null;
  status: string;
  currency: string;
  subscriptionId: string | null;
  finalizedAt: number | null;
  /** Of all of it, and of single lines. */
  discounts: BilledDiscount[];
  lines: BilledLine[];
  subtotalMinor: bigint;
  discountMinor: bigint;
  taxMinor: bigint;
  totalMinor: bigint;
  dueMinor: bigint;
  /** What credit notes took off before it was paid. */
  creditedMinor: bigint;
  startingBalanceMinor: bigint;
  endingBalanceMinor: bigint;
};

type Invoice = Stripe.Invoice;
type Line = Stripe.InvoiceLineItem;

/** Reads an invoice whose discounts and their coupons are expanded, those of its lines too. */
export function billedInvoice(invoice: Invoice): BilledInvoice {
  const own = invoice.lines.data.flatMap(({ discounts }) => discounts);
  const discounts = [...invoice.discounts, ...own].flatMap((one) => {
    return discountFrom(one, invoice.currency) ?? [];
  });
  return {
    id: invoice.id ?? "",
    number: invoice.number,
    status: invoice.status ?? "draft",
    currency: invoice.currency,
    subscriptionId: idOf(invoice.parent?.subscription_details?.subscription ?? null),
    finalizedAt: invoice.status_transitions.finalized_at,
    discounts: [...new Map(discounts.map((one) => [one.id, one])).values()],
    lines: invoice.lines.data.map(billedLine),
    subtotalMinor: BigInt(invoice.subtotal),
    discountMinor: sumOf(invoice.total_discount_amounts),
    taxMinor: sumOf(invoice.total_taxes),
    totalMinor: BigInt(invoice.total),
    dueMinor: BigInt(invoice.amount_due),
    creditedMinor: BigInt(invoice.pre_payment_credit_notes_amount),
    startingBalanceMinor: BigInt(invoice.starting_balance),
    endingBalanceMinor: BigInt(invoice.ending_balance ?? 0),
  };
}

/** Reads a line, also one that a mirror kept. */
export function billedLine(line: Line): BilledLine {
  const { parent, pricing, amount } = line;
  const ofItem = parent?.subscription_item_details;
  const ofInvoiceItem = parent?.invoice_item_details;
  const proration = ofItem?.proration_details ?? ofInvoiceItem?.proration_details;
  const credits = (line.pretax_credit_amounts ?? []).filter(({ type }) => type !== "discount");
  return {
    id: line.id,
    description: line.description ?? "",
    amountMinor: BigInt(amount),
    quantity: String(line.quantity_decimal ?? line.quantity ?? 1),
    unitMinor: pricing?.unit_amount_decimal ? String(pricing.unit_amount_decimal) : null,
    priceId: idOf(pricing?.price_details?.price ?? null),
    productId: idOf(pricing?.price_details?.product ?? null),
    itemId: ofItem?.subscription_item ?? null,
    invoiceItemId: ofInvoiceItem?.invoice_item ?? ofItem?.invoice_item ?? null,
    isProration: Boolean(ofItem?.proration ?? ofInvoiceItem?.proration),
    isCredit: Boolean(proration?.credited_items) || amount < 0,
    isDiscountable: line.discountable,
    discountIds: line.discounts.flatMap((one) => idOf(one) ?? []),
    discountMinor: sumOf(line.discount_amounts),
    creditMinor: sumOf(credits),
    taxes: (line.taxes ?? []).map((tax) => ({
      rateId: idOf(tax.tax_rate_details?.tax_rate ?? null),
      minor: BigInt(tax.amount),
    })),
    from: line.period.start,
    to: line.period.end,
  };
}

/** One that is over still says what it was of. Null where its coupon itself is gone. */
function discountFrom(one: Invoice["discounts"][number], currency: string): BilledDiscount | null {
  if (typeof one === "string") return null;
  const { coupon } = one.source;
  if (coupon === null || typeof coupon === "string" || coupon.percent_off === undefined)
    return null;
  const { percent_off: percent, amount_off: amount, applies_to: only } = coupon;
  const own = coupon.currency === currency ? amount : null;
  const amountOff = own ?? coupon.currency_options?.[currency]?.amount_off ?? amount;
  return {
    id: one.id,
    percent: percent === null ? null : String(percent),
    amountMinor: percent === null ? BigInt(amountOff ?? 0) : null,
    productIds: only?.products ?? null,
  };
}

function sumOf(parts: readonly { amount: number }[] | null): bigint {
  return (parts ?? []).reduce((sum, { amount }) => sum + BigInt(amount), 0n);
}
