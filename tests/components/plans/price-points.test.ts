import { expect, test } from "vitest";
import {
  addOffer,
  chooseModel,
  type DraftForm,
  emptyComponent,
} from "#components/plans/draft-form";
import { previewOf } from "#components/plans/preview-of";
import { pricePoints, reachOf, thinOut } from "#components/plans/price-points";
import { priceOf } from "#lib/catalog/price-of";

const at = { currency: "usd", interval: "month" } as const;

function draft(model: "volume" | "graduated"): DraftForm {
  const flat = emptyComponent("flat", "base", ["usd/month"], []);
  const usage = chooseModel(emptyComponent("usage", "calls", ["usd/month"], []), model);
  flat.prices["usd/month"] = { ...flat.prices["usd/month"]!, unit: "10" };
  usage.prices["usd/month"] = {
    ...usage.prices["usd/month"]!,
    tiers: [
      { id: "1", upTo: "1000", unit: "0.10", flat: "" },
      { id: "2", upTo: "", unit: "0.05", flat: "" },
    ],
  };
  const rest = { trialDays: "0", trialNeedsCard: true, features: [] };
  return { offers: ["usd/month"], components: [flat, usage], ...rest };
}

test("the curve says at every quantity what the rater says", () => {
  const { components } = previewOf(draft("graduated"), "usd/month");
  const points = pricePoints(components, at, {}, { key: "calls", most: 5000n });
  for (const { quantity, minor } of points) {
    const { total } = priceOf({ components }, { ...at, seats: 0, usage: { calls: quantity } });
    expect(minor).toBe(total.minor);
  }
  expect(points.at(0)).toEqual({ quantity: 0n, minor: 1000n });
  expect(points.at(-1)?.quantity).toBe(5000n);
});

test("a fall at a tier's border is on the curve, on both sides of it", () => {
  const { components } = previewOf(draft("volume"), "usd/month");
  const points = pricePoints(components, at, {}, { key: "calls", most: 1999n });
  expect(points).toContainEqual({ quantity: 1000n, minor: 11_000n, isTurn: true });
  expect(points).toContainEqual({ quantity: 1001n, minor: 6_005n });
});

test("the curve reaches past the last tier and past what is looked at", () => {
  const { components } = previewOf(draft("volume"), "usd/month");
  expect(reachOf(components[1]!, at, 10n)).toBe(1300n);
  expect(reachOf(components[1]!, at, 40_000n)).toBe(50_000n);
});

test("the table of the curve keeps every turn", () => {
  const { components } = previewOf(draft("volume"), "usd/month");
  const points = pricePoints(components, at, {}, { key: "calls", most: 1999n });
  const few = thinOut(points, 12);
  expect(few.map(({ quantity }) => quantity)).toContain(1000n);
  expect(few.length).toBeLessThanOrEqual(12);
});

test("the table of the curve keeps both ends", () => {
  const points = Array.from({ length: 50 }, (_, index) => ({
    quantity: BigInt(index),
    minor: 0n,
  }));
  const few = thinOut(points, 12);
  expect(few).toHaveLength(12);
  expect([few[0]?.quantity, few.at(-1)?.quantity]).toEqual([0n, 49n]);
});

test("what is half-written is named and left out of the total, never guessed", () => {
  const form = draft("graduated");
  form.components[1]!.prices["usd/month"]!.tiers[0]!.upTo = "many";
  const { components, lacks } = previewOf(form, "usd/month");
  expect(components.map(({ key }) => key)).toEqual(["base"]);
  expect(lacks).toEqual(["Usage: tier 1 has no end (USD / month)"]);
});

test("tiers that fall back and a price left empty are named", () => {
  const form = addOffer(draft("graduated"), "eur/month");
  form.components[1]!.prices["usd/month"]!.tiers[0]!.upTo = "0";
  expect(previewOf(form, "usd/month").lacks).toEqual([
    "Usage: tier 1 ends before it begins (USD / month)",
  ]);
  expect(previewOf(form, "eur/month").lacks).toEqual([
    "Base fee: no price yet (EUR / month)",
    "Usage: tier 1 has no price (EUR / month)",
  ]);
});
