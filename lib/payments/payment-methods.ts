import { paymentMethods } from "#lib/payments/payment-method-table";

type Support = "yes" | "by_debit" | "by_invoice" | "no";

/** What of a row can be looked up. */
export const methodFacts = [
  ...(["places", "currencies", "recurring", "confirms", "refunds", "disputes"] as const),
  ...(["settlement", "limits"] as const),
];
export type MethodFact = (typeof methodFacts)[number];

/** A way to pay as Stripe offers it, and what it changes once money has moved. */
export type PaymentMethodRow = {
  name: string;
  family: "card" | "debit" | "redirect" | "wallet" | "instant" | "voucher" | "later" | "transfer";
  /** Where payers have it (ISO 3166); "all" where that is not bound to a place. */
  countries: readonly string[] | "all";
  /** Currencies it can be asked for in; "all" that Stripe takes. */
  currencies: readonly string[] | "all";
  /** For renewals: by itself, by a debit made of it, by an invoice its payer pays each time. */
  recurring: Support;
  /** Business days until one knows whether it was paid; 0 is while its payer waits. */
  confirmsInDays: number;
  /** Days in which it can be given back; null: not at all through Stripe. */
  refundDays: number | null;
  /** Whether its payer can have the bank take it back, and whether evidence counts. */
  disputes: "no" | "yes" | "unconditional";
  /** What changes in settlement, in a sentence. */
  settlement: string;
  /** The most it takes, where that is bounded, in words. */
  limits?: string;
  /** Which of these facts Stripe's page showed, and when it was read; null: none was found. */
  checked: { url: string; on: string; facts: readonly MethodFact[] } | null;
};

/**
 * Which of these ways a payer is shown is Stripe's dynamic choice by place, currency, amount and
 * the payment method configuration; the table says what each means for us.
 * https://docs.stripe.com/payments/payment-methods/payment-method-support
 */
export type PaymentMethodType = keyof typeof paymentMethods;

/** The row of a way to pay; undefined for one that is not in the table. */
export function methodRow(type: string): PaymentMethodRow | undefined {
  return isSwitchable(type) ? paymentMethods[type] : undefined;
}

/** Whether a word is a way to pay of the table, which Stripe then lets be switched. */
export function isSwitchable(type: string): type is PaymentMethodType {
  return Object.hasOwn(paymentMethods, type);
}

/** Whether Stripe's page was seen to say so. */
export function isChecked({ checked }: PaymentMethodRow, fact: MethodFact): boolean {
  return checked?.facts.includes(fact) ?? false;
}

export type Wanted = {
  country?: string | undefined;
  currency?: string | undefined;
  isRecurring?: boolean | undefined;
};

/** The ways to pay that suit a payer there, in that currency; those for renewals where asked. */
export function methodsFor({ country, currency, isRecurring }: Wanted): PaymentMethodType[] {
  const rows = Object.entries<PaymentMethodRow>(paymentMethods);
  return rows
    .filter(([, row]) => !country || row.countries === "all" || row.countries.includes(country))
    .filter(([, row]) => !currency || row.currencies === "all" || row.currencies.includes(currency))
    .filter(([, row]) => !isRecurring || row.recurring === "yes" || row.recurring === "by_debit")
    .map(([type]) => type as PaymentMethodType);
}
