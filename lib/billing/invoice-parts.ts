import type { Currency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";
import type { StripeInvoice } from "#lib/stripe/objects";

export type InvoiceLine = {
  id: string;
  description: string;
  quantity: number | null;
  amount: Money;
  /** What a discount took off this line, and what tax came on top of it. */
  discount: Money;
  tax: Money;
  isTaxInside: boolean;
  /** The same by its rates, and why nothing was taken where nothing was. */
  taxes: InvoiceTax[];
  periodStart: Date;
  periodEnd: Date;
};

/** A tax of an invoice or of a line, by its rate. */
export type InvoiceTax = {
  amount: Money;
  /** The rate's own, a decimal; null where there is none, or it is not known yet. */
  percent: string | null;
  /** As the rate is printed: "VAT". */
  name: string | null;
  /** Whose tax it is (ISO 3166), and of which state. */
  country: string | null;
  state: string | null;
  isInside: boolean;
  /** Stripe's word for how it came about: the customer is exempt, or answers for it themselves. */
  reason: string | null;
};

/** What the rates of an invoice are, by their ids. */
export type TaxRates = ReadonlyMap<
  string,
  { percent: string; name: string; country: string | null; state: string | null }
>;

/** How the sum comes about, from the lines down to what is left to pay. */
export type InvoiceSums = {
  subtotal: Money;
  discounts: Money;
  taxes: InvoiceTax[];
  /** What was credited before it was paid; the total is before that. */
  creditedBefore: Money;
  creditedAfter: Money;
  /** What the customer's balance took over: positive lowers what is due. */
  balanceApplied: Money;
  remaining: Money;
};

export type InvoiceTerms = {
  billedTo: {
    name: string | null;
    email: string | null;
    address: string[];
    taxIds: { type: string; value: string }[];
  };
  /** A purchase order and the like, printed on it. */
  fields: { name: string; value: string }[];
  /** Whether Stripe worked out the tax, and what it lacked where it could not. */
  automaticTax: "complete" | "failed" | "requires_location_inputs" | "off";
  taxExempt: "none" | "exempt" | "reverse";
  isChargedAutomatically: boolean;
  voidedAt: Date | null;
  uncollectibleAt: Date | null;
};

export function linesOf(
  invoice: StripeInvoice,
  currency: Currency,
  rates: TaxRates,
): InvoiceLine[] {
  return invoice.lines.data.map((line) => ({
    id: line.id,
    description: line.description ?? "",
    quantity: line.quantity,
    amount: money(BigInt(line.amount), currency),
    discount: total(
      (line.discount_amounts ?? []).map(({ amount }) => amount),
      currency,
    ),
    tax: total(
      (line.taxes ?? []).map(({ amount }) => amount),
      currency,
    ),
    isTaxInside: (line.taxes ?? []).some(isInside),
    taxes: (line.taxes ?? []).map((tax) => taxFrom(tax, currency, rates)),
    periodStart: new Date(line.period.start * 1000),
    periodEnd: new Date(line.period.end * 1000),
  }));
}

export function sumsOf(invoice: StripeInvoice, currency: Currency, rates: TaxRates): InvoiceSums {
  const of = (minor: number) => money(BigInt(minor), currency);
  const applied = (invoice.ending_balance ?? invoice.starting_balance) - invoice.starting_balance;
  return {
    subtotal: of(invoice.subtotal),
    discounts: total(
      (invoice.total_discount_amounts ?? []).map(({ amount }) => amount),
      currency,
    ),
    taxes: (invoice.total_taxes ?? []).map((tax) => taxFrom(tax, currency, rates)),
    creditedBefore: of(invoice.pre_payment_credit_notes_amount),
    creditedAfter: of(invoice.post_payment_credit_notes_amount),
    balanceApplied: of(applied),
    remaining: of(invoice.amount_remaining),
  };
}

export function termsOf(invoice: StripeInvoice): InvoiceTerms {
  const { customer_address: address, automatic_tax: tax, status_transitions: at } = invoice;
  return {
    billedTo: {
      name: invoice.customer_name,
      email: invoice.customer_email,
      address: addressLines(address),
      taxIds: (invoice.customer_tax_ids ?? []).flatMap(({ type, value }) =>
        value ? [{ type, value }] : [],
      ),
    },
    fields: (invoice.custom_fields ?? []).map(({ name, value }) => ({ name, value })),
    automaticTax: tax.enabled ? ((tax.status ?? "failed") as "complete") : "off",
    taxExempt: (invoice.customer_tax_exempt ?? "none") as InvoiceTerms["taxExempt"],
    isChargedAutomatically: invoice.collection_method === "charge_automatically",
    voidedAt: at.voided_at === null ? null : new Date(at.voided_at * 1000),
    uncollectibleAt:
      at.marked_uncollectible_at === null ? null : new Date(at.marked_uncollectible_at * 1000),
  };
}

type Address = StripeInvoice["customer_address"];

/** An address as it is written under one another. */
export function addressLines(address: Address): string[] {
  if (!address) return [];
  const { line1, line2, city, state, postal_code: postal, country } = address;
  const town = [postal, city, state].filter(Boolean).join(" ");
  return [line1, line2, town, country].filter((line): line is string => Boolean(line));
}

type Tax = NonNullable<StripeInvoice["total_taxes"]>[number];

// Never reckoned back from the amounts: on a small sum that gives another rate than the one taken.
function taxFrom(tax: Tax, currency: Currency, rates: TaxRates): InvoiceTax {
  const rate = rates.get(tax.tax_rate_details?.tax_rate ?? "");
  return {
    amount: money(BigInt(tax.amount), currency),
    percent: rate?.percent ?? null,
    name: rate?.name ?? null,
    country: rate?.country ?? null,
    state: rate?.state ?? null,
    isInside: isInside(tax),
    reason: tax.taxability_reason,
  };
}

function isInside({ tax_behavior: behaviour }: { tax_behavior: string }): boolean {
  return behaviour === "inclusive";
}

function total(parts: readonly number[], currency: Currency): Money {
  return money(
    parts.reduce((sum, part) => sum + BigInt(part), 0n),
    currency,
  );
}
