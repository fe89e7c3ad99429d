import { expect, test } from "vitest";
import { toBody, toForm } from "#components/plans/draft-body";
import {
  addOffer,
  chooseModel,
  copyPrice,
  type DraftForm,
  emptyComponent,
  keyFrom,
  removeOffer,
} from "#components/plans/draft-form";
import type { PublicPlan } from "#lib/catalog/plan";

const tiered = {
  model: "graduated",
  tiers: [
    { upTo: "5000", unitMinor: "0.05", flatMinor: "0" },
    { upTo: null, unitMinor: "0.03", flatMinor: "250" },
  ],
} as const;

const version: PublicPlan = {
  key: "scale",
  kind: "base",
  name: "Scale",
  description: "For a product that calls all day.",
  features: [{ key: "calls", name: "Calls", limit: 100, meterKey: "api_calls" }],
  trialDays: 14,
  trialNeedsCard: false,
  besidePlans: [],
  mostQuantity: 1,
  versionId: "plv_1",
  components: [
    {
      ...{ kind: "flat", key: "base", name: "Scale", unit: null, meterKey: null, included: "0" },
      prices: [priced("usd", { unitMinor: "19900" }), priced("jpy", { unitMinor: "30000" })],
    },
    {
      ...{ kind: "usage", key: "calls", name: "Calls", unit: "call", meterKey: "api_calls" },
      included: "1000",
      prices: [
        priced("usd", { ...tiered, minimumMinor: "500", capMinor: "100000" }),
        priced("jpy", { ...tiered, minimumMinor: null }),
      ],
    },
  ],
};

function priced(currency: "usd" | "jpy", part: object): PublicPlan["components"][0]["prices"][0] {
  return {
    ...{ currency, interval: "month", model: "per_unit", unitMinor: null, tiers: null },
    ...{ packageSize: null, percent: null, minimumMinor: null, capMinor: null },
    ...part,
  };
}

test("a version that is opened and saved untouched is sent as it was stored", () => {
  const { trialDays, trialNeedsCard, features, components } = version;
  const body = { trialDays, trialNeedsCard, features, components };
  expect(toBody(toForm(version))).toEqual(body);
});

test("amounts are typed in whole units of their currency", () => {
  const [flat, usage] = toForm(version).components;
  expect(flat?.prices["usd/month"]?.unit).toBe("199");
  expect(flat?.prices["jpy/month"]?.unit).toBe("30000");
  expect(usage?.prices["usd/month"]?.tiers.map(({ unit }) => unit)).toEqual(["0.0005", "0.0003"]);
});

test("a new currency takes over the borders of the tiers and none of the amounts", () => {
  const grown = toBody(addOffer(toForm(version), "eur/month"));
  const price = grown.components[1]?.prices.find(({ currency }) => currency === "eur");
  expect(price?.model).toBe("graduated");
  expect(price?.tiers).toEqual([
    { upTo: "5000", unitMinor: "", flatMinor: "0" },
    { upTo: null, unitMinor: "", flatMinor: "0" },
  ]);
});

test("a currency taken out by mistake comes back with what was typed for it", () => {
  const form = toForm(version);
  const without = removeOffer(form, "jpy/month");
  expect(toBody(without).components[0]?.prices).toHaveLength(1);
  expect(toBody(addOffer(without, "jpy/month"))).toEqual(toBody(form));
});

test("another model for a component is another model for each of its prices", () => {
  const component = emptyComponent("usage", "one", ["usd/month", "eur/month"], []);
  const volume = chooseModel(component, "volume");
  expect(Object.values(volume.prices).map((price) => price.model)).toEqual(["volume", "volume"]);
  expect(volume.prices["usd/month"]?.tiers).toHaveLength(2);
});

test("fields of another model are kept on the page and not sent", () => {
  const form = toForm(version);
  const usage = form.components[1]!;
  const changed: DraftForm = { ...form, components: [chooseModel(usage, "package")] };
  const [price] = toBody(changed).components[0]!.prices;
  expect(price).toMatchObject({ model: "package", tiers: null, percent: null });
  const back = { ...form, components: [chooseModel(changed.components[0]!, "graduated")] };
  expect(toBody(back).components[0]).toEqual(version.components[1]);
});

test("one price is written over the others, figure for figure", () => {
  const usage = copyPrice(toForm(version).components[1]!, "usd/month");
  expect(usage.prices["jpy/month"]).toEqual(usage.prices["usd/month"]);
});

test("what is no number is sent as typed, so that it is refused at its field", () => {
  const form = { ...toForm(version), trialDays: "two weeks" };
  expect(toBody(form).trialDays).toBe("two weeks");
});

test("a second component of a kind has a key of its own", () => {
  const first = emptyComponent("usage", "a", [], []);
  expect(emptyComponent("usage", "b", [], [first.key]).key).toBe("usage_2");
});

test.each([
  ["API calls", "api_calls"],
  ["Größe & Gewicht", "gro_e_gewicht"],
  ["  Seats! ", "seats"],
])("%j is called %s by programs", (name, key) => {
  expect(keyFrom(name)).toBe(key);
});
