import { digitsOf } from "#sandbox/banking/numbers";
import type { Merchant } from "#sandbox/store/banking-kinds";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Holder = ObjectOf<"issuing.cardholder">;
type Card = ObjectOf<"issuing.card">;
type Transaction = ObjectOf<"issuing.transaction">;
type Limit = { amount: number; interval: string };

/** A person or a company that may hold cards. */
export function issuedHolder(
  world: World,
  sent: {
    name: string;
    address: object | null;
    email?: string;
    phone_number?: string;
    status?: "active" | "inactive";
    type?: "company" | "individual";
    metadata: Record<string, string>;
  },
): Holder {
  return {
    id: world.newId("ich"),
    object: "issuing.cardholder",
    billing: { address: sent.address as Holder["billing"]["address"] },
    company: null,
    created: world.now(),
    email: sent.email ?? null,
    individual: null,
    livemode: false,
    metadata: sent.metadata,
    name: sent.name,
    phone_number: sent.phone_number ?? null,
    preferred_locales: [],
    requirements: { disabled_reason: null, past_due: [] },
    spending_controls: { ...noControls },
    status: sent.status ?? "active",
    type: sent.type ?? "individual",
  };
}

/** A card, and the number on it, which only its holder sees. */
export function issuedCard(
  world: World,
  holder: Holder,
  sent: {
    currency: string;
    type: "physical" | "virtual";
    financial_account?: string;
    status?: "active" | "inactive";
    spending_controls?: { spending_limits?: Limit[] };
    metadata: Record<string, string>;
  },
): { object: Card; number: string } {
  const number = `4000009${digitsOf(world, 9)}`;
  const limits = sent.spending_controls?.spending_limits ?? [];
  const object: Card = {
    id: world.newId("ic"),
    object: "issuing.card",
    brand: "Visa",
    cancellation_reason: null,
    cardholder: holder,
    created: world.now(),
    currency: sent.currency.toLowerCase(),
    exp_month: 8,
    exp_year: new Date(world.now() * 1000).getUTCFullYear() + 3,
    financial_account: sent.financial_account ?? null,
    last4: number.slice(-4),
    latest_fraud_warning: null,
    lifecycle_controls: null,
    livemode: false,
    metadata: sent.metadata,
    personalization_design: null,
    replaced_by: null,
    replacement_for: null,
    replacement_reason: null,
    second_line: null,
    shipping: null,
    spending_controls: {
      ...noControls,
      spending_limits: limits.map((each) => ({ ...each, categories: [] })),
      spending_limits_currency: sent.currency.toLowerCase(),
    } as Card["spending_controls"],
    status: sent.status ?? "inactive",
    type: sent.type,
    wallets: null,
  };
  return { object, number };
}

/** Something bought with a card. */
export function issuedTransaction(
  world: World,
  card: Card,
  bought: { amount: number; currency: string; merchant: Merchant },
): Transaction {
  const { amount, currency, merchant } = bought;
  return {
    id: world.newId("ipi"),
    object: "issuing.transaction",
    amount,
    amount_details: { atm_fee: null, cashback_amount: null },
    authorization: null,
    balance_transaction: null,
    card: card.id,
    cardholder: card.cardholder.id,
    created: world.now(),
    currency,
    dispute: null,
    livemode: false,
    merchant_amount: amount,
    merchant_currency: currency,
    merchant_data: merchantFrom(merchant),
    metadata: {},
    network_data: null,
    type: "capture",
    wallet: null,
  };
}

/** A shop as a purchase shows it. */
export function merchantFrom(merchant: Merchant): Transaction["merchant_data"] {
  return {
    category: merchant.category ?? "miscellaneous_business_services",
    category_code: "7399",
    city: merchant.city ?? null,
    country: merchant.country ?? "US",
    name: merchant.name ?? "Test Merchant",
    network_id: "1234567890",
    postal_code: null,
    state: null,
    tax_id: null,
    terminal_id: null,
    url: null,
  };
}

const noControls = {
  allowed_card_presences: null,
  allowed_categories: [],
  allowed_merchant_countries: null,
  blocked_card_presences: null,
  blocked_categories: [],
  blocked_merchant_countries: null,
  spending_limits: [],
  spending_limits_currency: null,
};
