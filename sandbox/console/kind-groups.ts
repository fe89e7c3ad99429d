import { type Kind, kinds } from "#sandbox/store/kinds";

/** The kinds as people look for them. What no row names is under "More". */
const named: readonly { title: string; kinds: readonly Kind[] }[] = [
  {
    title: "Customers",
    kinds: ["customer", "payment_method", "tax_id", "customer_balance_transaction", "mandate"],
  },
  {
    title: "Payments",
    kinds: [
      ...(["payment_intent", "charge", "refund", "dispute", "setup_intent"] as const),
      ...(["checkout.session", "payment_link", "setup_attempt", "confirmation_token"] as const),
      ...(["payment_method_configuration"] as const),
    ],
  },
  {
    title: "Billing",
    kinds: [
      ...(["subscription", "subscription_item", "subscription_schedule", "invoice"] as const),
      ...(["invoiceitem", "invoice_payment", "credit_note", "billing.credit_grant"] as const),
      ...(["billing.meter", "billing.alert", "billing_portal.session"] as const),
      ...(["billing_portal.configuration", "billing.credit_balance_transaction"] as const),
    ],
  },
  {
    title: "Catalogue",
    kinds: [
      ...(["product", "price", "coupon", "promotion_code", "discount"] as const),
      ...(["entitlements.feature", "product_feature", "entitlements.active_entitlement"] as const),
    ],
  },
  {
    title: "Money",
    kinds: [
      ...(["balance_transaction", "payout", "topup", "bank_account", "card"] as const),
      ...(["balance_settings", "reporting.report_run", "file", "file_link"] as const),
    ],
  },
  {
    title: "Connect",
    kinds: [
      ...(["v2.core.account", "v2.core.account_person", "v2.core.account_link"] as const),
      ...(["account_session", "transfer", "transfer_reversal"] as const),
      ...(["local.login_link"] as const),
      ...(["application_fee", "fee_refund"] as const),
    ],
  },
  {
    title: "Banking",
    kinds: [
      ...(["treasury.financial_account", "treasury.transaction"] as const),
      ...(["treasury.outbound_payment", "treasury.received_credit"] as const),
      ...(["issuing.cardholder", "issuing.card", "issuing.transaction"] as const),
    ],
  },
  {
    title: "Fraud",
    kinds: [
      ...(["review", "radar.early_fraud_warning", "radar.value_list"] as const),
      ...(["radar.value_list_item"] as const),
    ],
  },
  {
    title: "Tax",
    kinds: [
      ...(["tax_rate", "tax.calculation", "tax.transaction", "tax.registration"] as const),
      ...(["tax.location", "tax.settings"] as const),
    ],
  },
  {
    title: "Events",
    kinds: ["event", "v2.core.event", "webhook_endpoint", "v2.core.event_destination"],
  },
];

/** Every kind there is, in groups. */
export const kindGroups: readonly { title: string; kinds: readonly Kind[] }[] = [
  ...named,
  { title: "More", kinds: othersThan(named.flatMap((group) => group.kinds)) },
];

/** Every kind there is. */
export const allKinds = Object.keys(kinds) as Kind[];

/** Whether a word from an address names a kind. */
export function isKind(word: string): word is Kind {
  return Object.hasOwn(kinds, word);
}

const plurals: Partial<Record<Kind, string>> = {
  "billing_portal.configuration": "Portal configurations",
  "billing_portal.session": "Portal sessions",
  "v2.core.event": "Thin events",
  "local.settings": "Local settings",
  "local.billing": "Local billing settings",
  balance_settings: "Balance settings",
  bank_account: "Bank accounts",
  card: "Debit cards",
  "tax.settings": "Tax settings",
};

/** What several of a kind are called. */
export function titleOf(kind: Kind): string {
  const known = plurals[kind];
  if (known !== undefined) return known;
  const noun = singular(kind);
  const words = /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What one of a kind is called. */
export function singular(kind: Kind): string {
  const own: Partial<Record<Kind, string>> = {
    PaymentMethod: "payment method",
    invoiceitem: "invoice item",
    bank_account: "bank account",
    card: "debit card",
    setup_intent: "setup intent",
    payment_method: "payment method",
  } as Partial<Record<Kind, string>>;
  return own[kind] ?? kinds[kind].noun.replaceAll("_", " ");
}

function othersThan(known: readonly Kind[]): Kind[] {
  return (Object.keys(kinds) as Kind[]).filter((kind) => !known.includes(kind));
}
