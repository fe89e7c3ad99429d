import type {
  ComponentKind,
  ComponentPrice,
  Interval,
  PlanComponent,
  PriceOffer,
  Tier,
} from "#lib/catalog/plan";
import type { Currency } from "#lib/money/currency";

/** A plan as the rater's tests sell it: what one period of each component costs. */
export type TestPlan = { key: string; components: PlanComponent[] };

export const soldIn = ["usd", "eur", "jpy"] as const;
const soldPer = ["month", "year"] as const;
const blank = {
  ...{ unitMinor: null, tiers: null, packageSize: null, percent: null },
  ...{ minimumMinor: null, capMinor: null },
};
type Terms = Partial<PriceOffer> & Pick<PriceOffer, "model">;

/** A price in every currency and interval, from what a month costs in US dollars. */
function everywhere(of: (currency: Currency, interval: Interval) => Terms): ComponentPrice[] {
  return soldIn.flatMap((currency) =>
    soldPer.map((interval) => ({ ...blank, currency, interval, ...of(currency, interval) })),
  );
}

/** An amount of US cents in another currency and for an interval; a year costs ten months. */
function worth(cents: number, currency: Currency, interval: Interval): string {
  const rate = { usd: 100, eur: 93, jpy: 151 }[currency as "usd" | "eur" | "jpy"];
  const minor = Math.round((cents * rate) / 100);
  return String(interval === "year" ? minor * 10 : minor);
}

function component(
  kind: ComponentKind,
  key: string,
  included: string,
  prices: ComponentPrice[],
): PlanComponent {
  const meterKey = kind === "usage" ? key : null;
  return { kind, key, name: key, unit: null, meterKey, included, prices };
}

export const flat = (key: string, cents: number) =>
  component(
    "flat",
    key,
    "0",
    everywhere((currency, interval) => ({
      ...{ model: "per_unit", unitMinor: worth(cents, currency, interval) },
    })),
  );

export const seats = (cents: number, included = "0", tiers: Tier[] | null = null) =>
  component(
    "seat",
    "seats",
    included,
    everywhere((currency, interval) =>
      tiers
        ? { model: "graduated", tiers }
        : { model: "per_unit", unitMinor: worth(cents, currency, interval) },
    ),
  );

/** Usage, priced alike in every currency: decimals of a minor unit are the point. */
export const usage = (key: string, terms: Terms, included = "0") =>
  component(
    "usage",
    key,
    included,
    everywhere(() => terms),
  );

const steps = (...of: [upTo: string | null, unitMinor: string, flatMinor?: string][]): Tier[] =>
  of.map(([upTo, unitMinor, flatMinor = "0"]) => ({ upTo, unitMinor, flatMinor }));

/** What the scenarios sell. */
export const plans = {
  starter: { key: "starter", components: [flat("base", 2900)] },
  plus: { key: "plus", components: [flat("base", 7333)] },
  team: { key: "team", components: [seats(1217)] },
  squad: {
    key: "squad",
    components: [seats(0, "3", steps(["10", "1099.5"], [null, "899.25", "1500"]))],
  },
  calls: {
    key: "calls",
    components: [
      usage("calls", {
        model: "graduated",
        tiers: steps(["1000", "0.05"], ["50000", "0.0333", "250"], [null, "0.0217"]),
      }),
    ],
  },
  bulk: {
    key: "bulk",
    components: [usage("calls", { model: "per_unit", unitMinor: "0.0205" }, "5000")],
  },
  scale: {
    key: "scale",
    components: [
      usage("sent", { model: "volume", tiers: steps(["100", "3.5"], [null, "2.75", "99"]) }),
      usage("blocks", { model: "package", unitMinor: "125", packageSize: "1000" }),
      usage("volume", { model: "percentage", percent: "2.9" }, "10000"),
    ],
  },
  mixed: {
    key: "mixed",
    components: [
      flat("base", 4900),
      seats(1117, "2"),
      usage("calls", { model: "per_unit", unitMinor: "0.0475" }, "1000"),
    ],
  },
  grand: {
    key: "grand",
    components: [
      flat("base", 14_900),
      seats(999),
      usage("calls", { model: "per_unit", unitMinor: "0.03" }, "25000"),
    ],
  },
} satisfies Record<string, TestPlan>;
