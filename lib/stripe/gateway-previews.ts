import type Stripe from "stripe";
import { ask } from "#lib/stripe/ask";
import { type BilledInvoice, billedInvoice } from "#lib/stripe/billed-invoice";
import {
  type Discounting,
  type DiscountToGive,
  discountParams,
  type ItemChange,
  itemParams,
  pausing,
  secondsOf,
} from "#lib/stripe/gateway-subscriptions";
import { lineDiscounts, withLineCoupons } from "#lib/stripe/line-discounts";
import { idOf, instantFrom } from "#lib/stripe/objects";
import type { StripeClient } from "#lib/stripe/stripe-client";

/** An invoice Stripe drew up without making it. Minor units of `currency`. */
export type PreviewedInvoice = {
  currency: string;
  subtotalMinor: bigint;
  discountMinor: bigint;
  taxMinor: bigint;
  totalMinor: bigint;
  /** What is paid, once the balance of the account is taken into it. */
  amountDueMinor: bigint;
  /** Below zero: credit that was there before. */
  startingBalanceMinor: bigint;
  endingBalanceMinor: bigint;
  lines: PreviewedLine[];
  /** All of it, to be worked out anew. */
  billed: BilledInvoice;
};
export type PreviewedLine = {
  description: string;
  amountMinor: bigint;
  taxMinor: bigint;
  /** The tax is part of the amount, not on top of it. */
  isTaxInside: boolean;
  discountMinor: bigint;
  quantity: number | null;
  priceId: string | null;
  isProration: boolean;
  /** Waited for the next invoice since before the change. */
  isPending: boolean;
  from: Date;
  to: Date;
};

/** What is asked: the invoice of which change. */
export type PreviewQuestion =
  /** What comes next as things are. */
  | ({ kind: "next" } & Discounted)
  /** What a change of items bills at once. */
  | ({ kind: "items_now"; items: ItemChange[]; prorationAt: Date } & Discounted)
  /** What comes next after it; `recurring` leaves out what is billed only once. */
  | ({ kind: "items_next"; items: ItemChange[]; isRecurring: boolean } & Discounted)
  | { kind: "pause"; subscriptionId: string }
  | { kind: "resume"; subscriptionId: string }
  /** Usage so far, billed at the end. */
  | { kind: "cancel_now"; subscriptionId: string }
  /** What is still billed where it ends with its period, or goes on after all. */
  | { kind: "ending"; subscriptionId: string; isEnding: boolean }
  | { kind: "discount"; subscriptionId: string; discount: Discounting };

/** With other discounts than there are. */
type Discounted = { subscriptionId: string; discounts?: DiscountToGive[] };

export function previewCalls(stripe: StripeClient) {
  return {
    /** Draws up an invoice as Stripe would make it. Null where nothing would be billed. */
    previewInvoice(question: PreviewQuestion): Promise<PreviewedInvoice | null> {
      return ask(async () => {
        try {
          const invoice = await stripe.invoices.createPreview(paramsOf(question));
          const data = await withLineCoupons(stripe, invoice.lines.data);
          return invoiceOf({ ...invoice, lines: { ...invoice.lines, data } });
        } catch (error) {
          if (codeOf(error) === "invoice_upcoming_none") return null;
          throw error;
        }
      });
    },
  };
}

type Params = Stripe.InvoiceCreatePreviewParams;
type Details = Stripe.InvoiceCreatePreviewParams.SubscriptionDetails;

function paramsOf(question: PreviewQuestion): Params {
  const { subscriptionId: subscription } = question;
  if (question.kind === "discount") {
    const { discount } = question;
    return { subscription, discounts: discount ? [discountParams(discount)] : "" };
  }
  const details = detailsOf(question);
  const discounts = "discounts" in question ? question.discounts : undefined;
  return {
    subscription,
    ...(discounts && { discounts: discounts.length > 0 ? discounts : "" }),
    ...(question.kind === "items_next" && question.isRecurring && { preview_mode: "recurring" }),
    ...(details && { subscription_details: details }),
    ...withCoupons,
  };
}

/** Discounts that are only asked about have no coupon to show yet. */
const withCoupons = { expand: ["discounts.source.coupon.applies_to", lineDiscounts] };

function detailsOf(question: Exclude<PreviewQuestion, { kind: "discount" }>): Details | null {
  switch (question.kind) {
    case "next":
      return null;
    case "items_now":
      return {
        items: question.items.map(itemParams),
        proration_behavior: "always_invoice",
        proration_date: secondsOf(question.prorationAt),
      };
    case "items_next":
      return { items: question.items.map(itemParams), proration_behavior: "none" };
    case "pause":
      return { pause: pausing };
    case "resume":
      return { resume_at: "now", billing_cycle_anchor: { type: "now" } };
    case "ending":
      return { cancel_at_period_end: question.isEnding };
    case "cancel_now":
      return { cancel_now: true, proration_behavior: "none" };
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

/** Stripe's invoice in our words. */
export function invoiceOf(invoice: Stripe.Invoice): PreviewedInvoice {
  return {
    currency: invoice.currency,
    subtotalMinor: BigInt(invoice.subtotal),
    discountMinor: sum(invoice.total_discount_amounts),
    taxMinor: sum(invoice.total_taxes),
    totalMinor: BigInt(invoice.total),
    amountDueMinor: BigInt(invoice.amount_due),
    startingBalanceMinor: BigInt(invoice.starting_balance),
    endingBalanceMinor: BigInt(invoice.ending_balance ?? 0),
    lines: invoice.lines.data.map(lineOf),
    billed: billedInvoice(invoice),
  };
}

function sum(parts: readonly { amount: number }[] | null): bigint {
  return (parts ?? []).reduce((total, { amount }) => total + BigInt(amount), 0n);
}

function lineOf(line: Stripe.InvoiceLineItem): PreviewedLine {
  const { parent, description, amount, quantity, period, pricing } = line;
  const ofItem = parent?.subscription_item_details;
  const ofInvoiceItem = parent?.invoice_item_details;
  return {
    description: description ?? "",
    amountMinor: BigInt(amount),
    taxMinor: sum(line.taxes),
    isTaxInside: (line.taxes ?? []).some(({ tax_behavior: how }) => how === "inclusive"),
    discountMinor: sum(line.discount_amounts),
    quantity: quantity ?? null,
    priceId: idOf(pricing?.price_details?.price ?? null),
    isProration: Boolean(ofItem?.proration ?? ofInvoiceItem?.proration),
    isPending: Boolean(ofInvoiceItem ?? ofItem?.invoice_item),
    from: instantFrom(period.start),
    to: instantFrom(period.end),
  };
}
