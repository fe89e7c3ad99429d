/** What an account is. `contra` lessens income; `suspense` waits for an explanation. */
export type AccountKind =
  | "asset"
  | "liability"
  | "equity"
  | "income"
  | "contra"
  | "expense"
  | "suspense";

type Row = {
  readonly kind: AccountKind;
  /** By what it is kept apart: each reference or tenant has a balance of its own. */
  readonly keptBy: "reference" | "tenant" | null;
  readonly sentence: string;
};

/** Every account a book may have. The database holds the same rows and refuses any other. */
export const chart = {
  "stripe:balance": {
    kind: "asset",
    keptBy: null,
    sentence: "What Stripe holds for the book: available, pending and on its way.",
  },
  "stripe:reserve": {
    kind: "asset",
    keptBy: null,
    sentence: "What Stripe holds back of it for a time.",
  },
  "stripe:clearing": {
    kind: "asset",
    keptBy: "reference",
    sentence: "What Stripe is expected to settle, object by object; each returns to zero.",
  },
  "bank:in_transit": {
    kind: "asset",
    keptBy: "reference",
    sentence: "Payouts that left Stripe and have not arrived.",
  },
  "bank:cash": { kind: "asset", keptBy: null, sentence: "Payouts that arrived at the bank." },
  receivable: {
    kind: "asset",
    keptBy: "tenant",
    sentence: "Finalised invoices that are not paid.",
  },
  disputed: {
    kind: "asset",
    keptBy: "reference",
    sentence: "What Stripe took for a dispute that is not decided.",
  },
  deferred: { kind: "liability", keptBy: "tenant", sentence: "What is billed and not yet earned." },
  "deferred:credits": {
    kind: "liability",
    keptBy: "tenant",
    sentence: "Prepaid credits that are bought and not yet used.",
  },
  tax: { kind: "liability", keptBy: null, sentence: "Tax that is collected and not yet remitted." },
  customer_credit: {
    kind: "liability",
    keptBy: "tenant",
    sentence: "What a customer is owed, to be set against coming invoices.",
  },
  payable: {
    kind: "liability",
    keptBy: "tenant",
    sentence: "What is taken on a tenant's behalf and not yet handed over.",
  },
  financing: {
    kind: "liability",
    keptBy: null,
    sentence: "What Stripe has advanced and is not yet repaid.",
  },
  "equity:opening": {
    kind: "equity",
    keptBy: null,
    sentence: "What the book had before its first entry.",
  },
  "equity:owner": {
    kind: "equity",
    keptBy: null,
    sentence: "What the book's owner brought in or took out.",
  },
  fx: {
    kind: "equity",
    keptBy: null,
    sentence: "The two sides of an exchange: what one currency gave and another received.",
  },
  "revenue:subscription": {
    kind: "income",
    keptBy: null,
    sentence: "Flat prices of plans, as their days pass.",
  },
  "revenue:seats": { kind: "income", keptBy: null, sentence: "Seats, as their days pass." },
  "revenue:usage": { kind: "income", keptBy: null, sentence: "What was used, by the rate." },
  "revenue:other": { kind: "income", keptBy: null, sentence: "Billed for what no plan names." },
  "revenue:sales": {
    kind: "income",
    keptBy: null,
    sentence: "What a tenant's customers paid it.",
  },
  "revenue:application_fees": {
    kind: "income",
    keptBy: null,
    sentence: "The platform's share of its tenants' payments.",
  },
  "revenue:transfers": {
    kind: "income",
    keptBy: null,
    sentence: "What the platform handed over to a tenant without a payment behind it.",
  },
  "revenue:fx": { kind: "income", keptBy: null, sentence: "Gained when money was exchanged." },
  "contra:refunds": { kind: "contra", keptBy: null, sentence: "Earned, and given back." },
  "contra:discounts": {
    kind: "contra",
    keptBy: null,
    sentence: "Given off a price that was billed whole.",
  },
  "contra:credits": {
    kind: "contra",
    keptBy: null,
    sentence: "Credit that was granted and not bought.",
  },
  "expense:processing": {
    kind: "expense",
    keptBy: null,
    sentence: "What Stripe takes of each payment.",
  },
  "expense:stripe_fees": {
    kind: "expense",
    keptBy: null,
    sentence: "What Stripe charges by itself: products, accounts, payouts.",
  },
  "expense:platform_fees": {
    kind: "expense",
    keptBy: null,
    sentence: "The platform's share of a tenant's payment, as the tenant bears it.",
  },
  "expense:application_fee_refunds": {
    kind: "expense",
    keptBy: null,
    sentence: "Application fees that were given back.",
  },
  "expense:disputes": { kind: "expense", keptBy: null, sentence: "Fees of disputes." },
  "expense:dispute_losses": {
    kind: "expense",
    keptBy: null,
    sentence: "Payments that were taken back for good.",
  },
  "expense:bad_debt": {
    kind: "expense",
    keptBy: null,
    sentence: "Invoices nobody will pay, and balances nobody will cover.",
  },
  "expense:transfers": {
    kind: "expense",
    keptBy: null,
    sentence: "Handed over to a tenant without a payment behind it.",
  },
  "expense:tax": {
    kind: "expense",
    keptBy: null,
    sentence:
      "Tax on what Stripe charges, that is withheld, or that nobody will pay but the seller.",
  },
  "expense:issuing": { kind: "expense", keptBy: null, sentence: "Spent with cards." },
  "expense:contributions": {
    kind: "expense",
    keptBy: null,
    sentence: "Given through Stripe, to climate work for one.",
  },
  "expense:fx": { kind: "expense", keptBy: null, sentence: "Lost when money was exchanged." },
  "expense:write_offs": {
    kind: "expense",
    keptBy: null,
    sentence: "Differences that two people gave up.",
  },
  suspense: {
    kind: "suspense",
    keptBy: "reference",
    sentence: "What no rule explains yet; an alert while it is not zero.",
  },
} as const satisfies Record<string, Row>;

export type AccountCode = keyof typeof chart;

export const accountCodes = Object.keys(chart) as AccountCode[];

export function isAccountCode(text: string): text is AccountCode {
  return Object.hasOwn(chart, text);
}

/** Kinds that grow when they receive. The others grow when they give, and are shown negated. */
export function isDebitNormal(kind: AccountKind): boolean {
  return kind === "asset" || kind === "expense" || kind === "contra" || kind === "suspense";
}
