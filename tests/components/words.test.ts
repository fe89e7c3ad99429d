import { expect, test } from "vitest";
import { browserOf } from "#components/account/browser";
import { billingPath, planSearch } from "#components/auth/plan-search";
import { shorten } from "#components/ui/shorten";
import { sayCap, sayQuantity } from "#components/usage/quantity";

const pro = {
  ...{
    key: "pro",
    name: "Pro",
    description: "",
    features: [],
    trialDays: 0,
    trialNeedsCard: true,
    besidePlans: [],
    mostQuantity: 1,
    kind: "base" as const,
    versionId: "plv_1",
  },
  components: [
    {
      kind: "seat" as const,
      key: "seats",
      name: "Seats",
      unit: "seat",
      meterKey: null,
      included: "0",
      prices: [],
    },
  ],
};

test("the chosen plan follows a person from the prices to the billing page", () => {
  const search = planSearch.parse({ plan: "pro", interval: "year", seats: "4", currency: "eur" });
  expect(billingPath(pro, search)).toBe("/billing?plan=pro&interval=year&seats=4&currency=eur");
});

test("nonsense in an address falls back to a choice that exists", () => {
  const search = planSearch.parse({ plan: ["a"], interval: "week", seats: "-3", currency: "xxx" });
  expect(search).toEqual({ plan: undefined, interval: "month", seats: 1, currency: "usd" });
});

test("without a plan to pay, a new workspace begins at its overview", () => {
  const search = planSearch.parse({});
  expect(billingPath(undefined, search)).toBe("");
  expect(billingPath({ ...pro, components: [] }, search)).toBe("");
});

test("a browser is named by what it is, not by what it claims to be like", () => {
  const edge =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0";
  expect(browserOf(edge)).toEqual({ browser: "Edge", system: "Windows" });
  expect(browserOf(null)).toEqual({ browser: undefined, system: undefined });
});

test("a long id keeps its prefix and both ends, a short one everything", () => {
  expect(shorten("ten_08g2rtHrsCHcY3vKRSMY")).toBe("ten_08g2…RSMY");
  expect(shorten("in_1")).toBe("in_1");
});

test("several of a unit are named as such, and a cap has no more decimals than anybody reads", () => {
  const several = (unit: string) => sayQuantity("1200", unit, "en-US");
  expect(["API call", "query", "batch", "GB", "ms", "kWh"].map(several)).toEqual([
    ...["1,200 API calls", "1,200 queries", "1,200 batches", "1,200 GB", "1,200 ms", "1,200 kWh"],
  ]);
  expect(sayQuantity("1", "API call", "en-US")).toBe("1 API call");
  expect(sayQuantity("0.0000125", null, "en-US")).toBe("0.0000125");
  expect(sayCap("3500016.666666666666", "API call", "en-US")).toBe("3,500,016 API calls");
  expect(sayCap("12.999", null, "en-US")).toBe("12.99");
});
