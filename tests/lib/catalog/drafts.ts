import { type DraftComponent, wholeComponent } from "#lib/catalog/draft-plan";
import type { DraftContent } from "#lib/catalog/input";
import type { ComponentPrice } from "#lib/catalog/plan";

/** A price of nothing much, whole. */
export function price(over: Partial<ComponentPrice> = {}): ComponentPrice {
  return {
    ...{ currency: "usd", interval: "month", model: "per_unit", unitMinor: "1000" },
    ...{ tiers: null, packageSize: null, percent: null, minimumMinor: null, capMinor: null },
    ...over,
  };
}

/** A draft with one component of each kind, as good as it gets. */
export function goodDraft(over: Partial<DraftContent> = {}): DraftContent {
  const offer = { currency: "usd", interval: "month" } as const;
  const calls: DraftComponent = {
    ...{ kind: "usage", key: "calls", name: "Calls", unit: "call", included: "100" },
    meter: { key: "api_calls", name: "API calls", eventName: "api_calls" },
    prices: [{ ...offer, unitMinor: "0.000000000001", minimumMinor: "100", capMinor: "5000" }],
  };
  return {
    ...{ trialDays: 14, trialNeedsCard: false, features: [{ key: "sso", name: "Single sign-on" }] },
    components: [
      wholeComponent({
        kind: "flat",
        key: "base",
        name: "Base",
        prices: [{ ...offer, unitMinor: "4900" }],
      }),
      wholeComponent({
        kind: "seat",
        key: "seats",
        name: "Seats",
        prices: [{ ...offer, unitMinor: "900" }],
      }),
      wholeComponent(calls),
    ],
    ...over,
  };
}
