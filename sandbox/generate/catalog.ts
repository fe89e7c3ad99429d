import type { Hand } from "#sandbox/generate/hand";

/** What tenants choose among: the items of each plan, by the price and how many are bought. */
export type Plan = { name: string; items: { price: string; kind: "flat" | "seat" | "usage" }[] };
export type Catalog = { plans: Plan[]; promotion: string; meter: string };

const bank = {
  ...{ object: "bank_account", country: "US", currency: "usd" },
  ...{ account_number: "000123456789", routing_number: "110000000" },
};

/** Opens the platform: where its money goes, what it sells, and an offer for the first months. */
export function openPlatform(hand: Hand, account: string): Catalog {
  hand.call("POST /v1/accounts/:id/external_accounts", { external_account: bank }, { id: account });
  const daily = { payments: { payouts: { schedule: { interval: "daily" } } } };
  hand.call("POST /v1/balance_settings", daily);
  const meter = "api_calls";
  const counted = made(hand, "POST /v1/billing/meters", {
    ...{ display_name: "API calls", event_name: meter },
    default_aggregation: { formula: "sum" },
  });
  const product = (name: string) => made(hand, "POST /v1/products", { name });
  const monthly = { recurring: { interval: "month" }, currency: "usd" };
  const price = (of: string, more: object) =>
    made(hand, "POST /v1/prices", { product: of, ...monthly, ...more });

  const [base, seats, calls] = [product("Platform"), product("Seats"), product("API calls")];
  const [starter, pro] = [price(base, { unit_amount: 2900 }), price(base, { unit_amount: 9900 })];
  const yearly = price(base, { unit_amount: 99_000, recurring: { interval: "year" } });
  const seat = price(seats, { unit_amount: 1200 });
  const usage = price(calls, {
    ...{ billing_scheme: "tiered", tiers_mode: "graduated" },
    recurring: { interval: "month", usage_type: "metered", meter: counted },
    tiers: [
      { up_to: 1000, unit_amount: 0 },
      { up_to: "inf", unit_amount_decimal: "0.4" },
    ],
  });
  const coupon = made(hand, "POST /v1/coupons", {
    ...{ name: "Launch offer", percent_off: 20, duration: "repeating", duration_in_months: 3 },
  });
  const promotion = made(hand, "POST /v1/promotion_codes", {
    ...{ promotion: { type: "coupon", coupon }, code: "LAUNCH20" },
  });
  return { promotion, meter, plans: plansOf({ starter, pro, yearly, seat, usage }) };
}

function plansOf(prices: Record<"starter" | "pro" | "yearly" | "seat" | "usage", string>): Plan[] {
  const { starter, pro, yearly, seat, usage } = prices;
  return [
    { name: "Starter", items: [{ price: starter, kind: "flat" }] },
    { name: "Team", items: [{ price: seat, kind: "seat" }] },
    {
      name: "Pro",
      items: [
        { price: pro, kind: "flat" },
        { price: seat, kind: "seat" },
        { price: usage, kind: "usage" },
      ],
    },
    { name: "Pay as you go", items: [{ price: usage, kind: "usage" }] },
    { name: "Pro, yearly", items: [{ price: yearly, kind: "flat" }] },
  ];
}

function made(hand: Hand, route: string, sent: Record<string, unknown>): string {
  const answer = hand.call(route, sent);
  if (answer === undefined) throw new Error(`Invariant: a platform can be opened: ${route}`);
  return answer.id;
}
