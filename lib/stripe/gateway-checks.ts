import type Stripe from "stripe";
import { askForOne } from "#lib/stripe/ask";
import { type BilledInvoice, billedInvoice } from "#lib/stripe/billed-invoice";
import { lineDiscounts, withLineCoupons } from "#lib/stripe/line-discounts";
import type { StripeClient } from "#lib/stripe/stripe-client";

export type KnownTaxRate = {
  id: string;
  /** A decimal: "19". */
  percent: string;
  isInclusive: boolean;
  /** As invoices print it: "VAT". */
  name: string;
  country: string | null;
  state: string | null;
};

const whole = { expand: ["discounts.source.coupon.applies_to", lineDiscounts] };

/** What working an invoice out anew must be told of it. */
export function checkCalls(stripe: StripeClient) {
  return {
    /** The invoice with every line, and with what its discounts are of; null where it is gone. */
    async findBilledInvoice(id: string): Promise<BilledInvoice | null> {
      const invoice = await askForOne(() => stripe.invoices.retrieve(id, whole));
      if (!invoice) return null;
      const lines = invoice.lines.has_more
        ? await askForOne(() => allLines(stripe, id))
        : invoice.lines.data;
      if (!lines) return null;
      const data = await withLineCoupons(stripe, lines);
      return billedInvoice({ ...invoice, lines: { ...invoice.lines, data } });
    },

    async findTaxRate(id: string): Promise<KnownTaxRate | null> {
      const rate = await askForOne(() => stripe.taxRates.retrieve(id));
      if (!rate) return null;
      const { percentage, inclusive: isInclusive, display_name: name, country, state } = rate;
      return { ...{ id, isInclusive, name, country, state }, percent: String(percentage) };
    },
  };
}

async function allLines(stripe: StripeClient, id: string): Promise<Stripe.InvoiceLineItem[]> {
  const data: Stripe.InvoiceLineItem[] = [];
  const asked = { limit: 100, expand: ["data.discounts"] };
  for await (const line of stripe.invoices.listLineItems(id, asked)) data.push(line);
  return data;
}
