type Support = "yes" | "by_debit" | "by_invoice" | "no";

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
  /** Days until one knows whether it was paid; 0 is while its payer waits. */
  confirmsInDays: number;
  /** Days in which it can be given back; null: not at all through Stripe. */
  refundDays: number | null;
  /** Whether its payer can have the bank take it back, and for how long. */
  disputes: "no" | "yes" | "unconditional";
  /** What changes in settlement, in a sentence. */
  settlement: string;
};

const euro = ["eur"] as const;
const sepa = [
  ...["AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"],
  ...["IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI"],
  "SK",
] as const;
const usual = "Settles with your account's usual delay.";
const asDebit = "Paid at once; renewals are SEPA debits and settle as those do.";

/**
 * Local ways to pay, by country and currency. Which of them a payer is shown is Stripe's dynamic
 * choice by place, currency, amount and the payment method configuration; this says what each means
 * for us. https://docs.stripe.com/payments/payment-methods/payment-method-support
 */
export const paymentMethods = {
  card: {
    ...{ name: "Cards", family: "card", countries: "all", currencies: "all" },
    ...{ recurring: "yes", confirmsInDays: 0, refundDays: 180, disputes: "yes" },
    settlement: usual,
  },
  link: {
    ...{ name: "Link", family: "wallet", countries: "all", currencies: "all" },
    ...{ recurring: "yes", confirmsInDays: 0, refundDays: 180, disputes: "yes" },
    settlement: usual,
  },
  us_bank_account: {
    ...{ name: "ACH Direct Debit", family: "debit", countries: ["US"], currencies: ["usd"] },
    ...{ recurring: "yes", confirmsInDays: 4, refundDays: 180, disputes: "unconditional" },
    settlement: "Known after up to 4 business days; a bank can take it back for 60 days.",
  },
  sepa_debit: {
    ...{ name: "SEPA Direct Debit", family: "debit", countries: sepa, currencies: euro },
    ...{ recurring: "yes", confirmsInDays: 5, refundDays: 180, disputes: "unconditional" },
    settlement:
      "Known after about 5 business days; its payer can have it back unasked for 8 weeks, and " +
      "for 13 months where there was no mandate.",
  },
  bacs_debit: {
    ...{ name: "Bacs Direct Debit", family: "debit", countries: ["GB"], currencies: ["gbp"] },
    ...{ recurring: "yes", confirmsInDays: 4, refundDays: 180, disputes: "unconditional" },
    settlement: "Known after 3 to 6 business days; its payer can have it back without a limit.",
  },
  au_becs_debit: {
    ...{ name: "BECS Direct Debit", family: "debit", countries: ["AU"], currencies: ["aud"] },
    ...{ recurring: "yes", confirmsInDays: 3, refundDays: 90, disputes: "unconditional" },
    settlement: "Known after about 3 business days; its payer can have it back for 7 years.",
  },
  acss_debit: {
    ...{ name: "Pre-authorised debit", family: "debit", countries: ["CA", "US"] },
    ...{ currencies: ["cad", "usd"], recurring: "yes", confirmsInDays: 5, refundDays: 180 },
    disputes: "unconditional",
    settlement: "Known after up to 5 business days; its payer can have it back for 90 days.",
  },
  ideal: {
    ...{ name: "iDEAL", family: "redirect", countries: ["NL"], currencies: euro },
    ...{ recurring: "by_debit", confirmsInDays: 0, refundDays: 180, disputes: "no" },
    settlement: asDebit,
  },
  bancontact: {
    ...{ name: "Bancontact", family: "redirect", countries: ["BE"], currencies: euro },
    ...{ recurring: "by_debit", confirmsInDays: 0, refundDays: 180, disputes: "no" },
    settlement: asDebit,
  },
  eps: {
    ...{ name: "EPS", family: "redirect", countries: ["AT"], currencies: euro },
    ...{ recurring: "no", confirmsInDays: 0, refundDays: 180, disputes: "no" },
    settlement: usual,
  },
  p24: {
    ...{ name: "Przelewy24", family: "redirect", countries: ["PL"], currencies: ["pln", "eur"] },
    ...{ recurring: "no", confirmsInDays: 0, refundDays: 180, disputes: "no" },
    settlement: usual,
  },
  blik: {
    ...{ name: "BLIK", family: "redirect", countries: ["PL"], currencies: ["pln"] },
    ...{ recurring: "no", confirmsInDays: 0, refundDays: 395, disputes: "yes" },
    settlement: usual,
  },
  twint: {
    ...{ name: "TWINT", family: "wallet", countries: ["CH"], currencies: ["chf"] },
    ...{ recurring: "no", confirmsInDays: 0, refundDays: 180, disputes: "no" },
    settlement: usual,
  },
  swish: {
    ...{ name: "Swish", family: "instant", countries: ["SE"], currencies: ["sek"] },
    ...{ recurring: "no", confirmsInDays: 0, refundDays: 365, disputes: "no" },
    settlement: usual,
  },
  mobilepay: {
    ...{ name: "MobilePay", family: "wallet", countries: ["DK", "FI"] },
    ...{ currencies: ["dkk", "eur", "nok", "sek"], recurring: "no", confirmsInDays: 0 },
    ...{ refundDays: 365, disputes: "yes" },
    settlement: usual,
  },
  multibanco: {
    ...{ name: "Multibanco", family: "voucher", countries: ["PT"], currencies: euro },
    ...{ recurring: "by_invoice", confirmsInDays: 1, refundDays: 365, disputes: "no" },
    settlement: "Its payer has some days to pay the reference; known the moment they do.",
  },
  pix: {
    ...{ name: "Pix", family: "instant", countries: ["BR"], currencies: ["brl"] },
    ...{ recurring: "no", confirmsInDays: 0, refundDays: 90, disputes: "no" },
    settlement: "Paid by a QR code that expires; known at once, settled with your usual delay.",
  },
  boleto: {
    ...{ name: "Boleto", family: "voucher", countries: ["BR"], currencies: ["brl"] },
    ...{ recurring: "by_invoice", confirmsInDays: 1, refundDays: null, disputes: "no" },
    settlement: "Paid at a bank within days, known a business day later. Stripe gives none back.",
  },
  oxxo: {
    ...{ name: "OXXO", family: "voucher", countries: ["MX"], currencies: ["mxn"] },
    ...{ recurring: "no", confirmsInDays: 1, refundDays: null, disputes: "no" },
    settlement:
      "Paid in cash within days, known the next business day, settled on the Monday or Wednesday " +
      "after. Stripe gives none back.",
  },
  konbini: {
    ...{ name: "Konbini", family: "voucher", countries: ["JP"], currencies: ["jpy"] },
    ...{ recurring: "by_invoice", confirmsInDays: 1, refundDays: 180, disputes: "no" },
    settlement: "Paid in cash within days; a refund asks its payer for a bank account by e-mail.",
  },
  grabpay: {
    ...{ name: "GrabPay", family: "wallet", countries: ["SG", "MY"], currencies: ["sgd", "myr"] },
    ...{ recurring: "no", confirmsInDays: 0, refundDays: 90, disputes: "no" },
    settlement: `${usual} A refund takes minutes and can fail.`,
  },
  paynow: {
    ...{ name: "PayNow", family: "instant", countries: ["SG"], currencies: ["sgd"] },
    ...{ recurring: "by_invoice", confirmsInDays: 0, refundDays: 90, disputes: "no" },
    settlement: usual,
  },
  promptpay: {
    ...{ name: "PromptPay", family: "instant", countries: ["TH"], currencies: ["thb"] },
    ...{ recurring: "by_invoice", confirmsInDays: 0, refundDays: 180, disputes: "no" },
    settlement: `${usual} A refund asks its payer for a bank account.`,
  },
  fpx: {
    ...{ name: "FPX", family: "redirect", countries: ["MY"], currencies: ["myr"] },
    ...{ recurring: "no", confirmsInDays: 0, refundDays: 60, disputes: "no" },
    settlement: `${usual} A refund asks its payer for a bank account.`,
  },
  alipay: {
    ...{ name: "Alipay", family: "wallet", countries: ["CN"] },
    currencies: ["cny", "aud", "cad", "eur", "gbp", "hkd", "jpy", "sgd", "myr", "nzd", "usd"],
    ...{ recurring: "no", confirmsInDays: 0, refundDays: 90, disputes: "no" },
    settlement: usual,
  },
  wechat_pay: {
    ...{ name: "WeChat Pay", family: "wallet", countries: ["CN"] },
    currencies: ["cny", "aud", "cad", "chf", "dkk", "eur", "gbp", "hkd", "jpy", "nok", "sek"],
    ...{ recurring: "by_invoice", confirmsInDays: 0, refundDays: 180, disputes: "no" },
    settlement: usual,
  },
  klarna: {
    ...{ name: "Klarna", family: "later" },
    countries: ["AT", "AU", "BE", "CA", "CH", "DE", "DK", "ES", "FI", "FR", "GB", "IT", "NL", "US"],
    currencies: ["aud", "cad", "chf", "dkk", "eur", "gbp", "nok", "nzd", "pln", "sek", "usd"],
    ...{ recurring: "yes", confirmsInDays: 0, refundDays: 180, disputes: "yes" },
    settlement: "Settled whole whatever its payer still owes Klarna.",
  },
  cashapp: {
    ...{ name: "Cash App Pay", family: "wallet", countries: ["US"], currencies: ["usd"] },
    ...{ recurring: "yes", confirmsInDays: 0, refundDays: 180, disputes: "yes" },
    settlement: usual,
  },
  revolut_pay: {
    ...{ name: "Revolut Pay", family: "wallet", countries: sepa, currencies: ["eur", "gbp"] },
    ...{ recurring: "yes", confirmsInDays: 0, refundDays: 180, disputes: "yes" },
    settlement: usual,
  },
  customer_balance: {
    ...{ name: "Bank transfer", family: "transfer" },
    countries: ["US", "GB", "JP", "MX", "DE", "FR", "NL", "BE", "ES", "IE"],
    currencies: ["usd", "gbp", "jpy", "mxn", "eur"],
    ...{ recurring: "by_invoice", confirmsInDays: 2, refundDays: 180, disputes: "no" },
    settlement: "Its payer sends it; known when it arrives, and it may be too much or too little.",
  },
} as const satisfies Record<string, PaymentMethodRow>;
export type PaymentMethodType = keyof typeof paymentMethods;

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
