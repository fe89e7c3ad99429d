import type { ComponentKind, PricingModel } from "#lib/catalog/plan";

/** How a price is reckoned, in words an admin chooses by. */
export const modelWords: Record<PricingModel, { label: string; description: string }> = {
  per_unit: { label: "Per unit", description: "The same price for each." },
  graduated: {
    label: "Graduated tiers",
    description: "Each tier prices only the units that fall inside it.",
  },
  volume: {
    label: "Volume tiers",
    description: "The tier reached prices every unit, so the total can fall at a border.",
  },
  package: {
    label: "Packages",
    description: "Sold by the package; a begun package is a whole one.",
  },
  percentage: {
    label: "Percentage",
    description: "A share of an amount of money that the meter sums in minor units.",
  },
};

/** The models that make sense for a kind: what nobody counts has one price. */
export const modelsFor: Record<ComponentKind, readonly PricingModel[]> = {
  flat: ["per_unit"],
  seat: ["per_unit", "graduated", "volume", "package"],
  usage: ["per_unit", "graduated", "volume", "package", "percentage"],
};

export const kindWords: Record<ComponentKind, string> = {
  flat: "Flat fee",
  seat: "Per seat",
  usage: "By usage",
};
