import type { DraftComponent, DraftPlan, DraftPrice } from "#lib/catalog/draft-plan";
import type { Tier } from "#lib/catalog/plan";

/** Amounts in minor units as [US dollars, euros]; a year costs ten months. */
function recurring([usd, eur]: [usd: number, eur: number]): DraftPrice[] {
  return [
    { currency: "usd", interval: "month", unitMinor: String(usd) },
    { currency: "eur", interval: "month", unitMinor: String(eur) },
    { currency: "usd", interval: "year", unitMinor: String(usd * 10) },
    { currency: "eur", interval: "year", unitMinor: String(eur * 10) },
  ];
}

/** API calls: what is included, then cheaper the more there are. A year includes twelve months. */
function callTiers(months: bigint): Tier[] {
  return [
    { upTo: String(100_000n * months), unitMinor: "0", flatMinor: "0" },
    { upTo: String(1_000_000n * months), unitMinor: "0.05", flatMinor: "0" },
    { upTo: null, unitMinor: "0.03", flatMinor: "0" },
  ];
}

const apiCalls: DraftComponent = {
  kind: "usage",
  key: "api_calls",
  name: "API calls",
  unit: "API call",
  meter: { key: "api_calls", name: "API calls", eventName: "api_calls" },
  prices: (["usd", "eur"] as const).flatMap((currency) => [
    { currency, interval: "month" as const, tiers: callTiers(1n) },
    { currency, interval: "year" as const, tiers: callTiers(12n) },
  ]),
};

const everyPlan = [
  { key: "roles", name: "Five roles, from owner to member" },
  { key: "invoices", name: "Every invoice, line by line" },
  { key: "audit", name: "Audit log that shows any tampering" },
];

/** The plans a new platform begins with. */
export const startingPlans: DraftPlan[] = [
  {
    key: "free",
    name: "Free",
    description: "For finding out whether Lockstep is for you.",
    position: 0,
    trialDays: 0,
    features: [{ key: "roles", name: "Five roles, from owner to member" }, everyPlan[2]!],
    components: [],
  },
  {
    key: "starter",
    name: "Starter",
    description: "One price for a small company, however many people look in.",
    position: 1,
    trialDays: 0,
    features: everyPlan,
    components: [{ kind: "flat", key: "base", name: "Starter", prices: recurring([2900, 2700]) }],
  },
  {
    key: "pro",
    name: "Pro",
    description: "For a team that runs its billing together.",
    position: 2,
    trialDays: 0,
    features: [...everyPlan, { key: "seats", name: "Pay for the seats you choose" }],
    components: [
      { kind: "flat", key: "base", name: "Pro", prices: recurring([4900, 4500]) },
      {
        kind: "seat",
        key: "seats",
        name: "Pro seats",
        unit: "seat",
        prices: recurring([1200, 1100]),
      },
    ],
  },
  {
    key: "scale",
    name: "Scale",
    description: "For a product that calls our API all day.",
    position: 3,
    trialDays: 0,
    features: [...everyPlan, { key: "api_calls", name: "API calls included", limit: 100_000 }],
    components: [
      { kind: "flat", key: "base", name: "Scale", prices: recurring([19900, 18500]) },
      apiCalls,
    ],
  },
];

/** What the demo sells beside its plans. */
export const startingAddOns: DraftPlan[] = [
  {
    ...{ key: "priority_support", kind: "add_on", besidePlans: ["pro", "scale"] },
    name: "Priority support",
    description: "A person who knows your setup answers first.",
    ...{ position: 10, trialDays: 0 },
    features: [{ key: "priority_support", name: "An answer within the hour, day and night" }],
    components: [
      { kind: "flat", key: "support", name: "Priority support", prices: recurring([4900, 4500]) },
    ],
  },
  {
    ...{ key: "test_workspaces", kind: "add_on", mostQuantity: 10 },
    name: "Test workspace",
    description: "A workspace like yours to try things in, apart from your books.",
    ...{ position: 11, trialDays: 0 },
    features: [{ key: "test_workspaces", name: "Test workspaces", limit: 1 }],
    components: [
      { kind: "flat", key: "workspace", name: "Test workspace", prices: recurring([900, 900]) },
    ],
  },
];
