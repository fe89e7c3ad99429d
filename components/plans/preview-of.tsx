import { isDecimal } from "#components/plans/decimals";
import { toComponent } from "#components/plans/draft-body";
import { type DraftForm, type OfferKey, offerLabel } from "#components/plans/draft-form";
import type { ComponentPrice, PlanComponent } from "#lib/catalog/plan";

/** The components that can be priced as they stand, and what the others still lack. */
export type Preview = { components: PlanComponent[]; lacks: string[] };

/** What of a draft can be priced while it is typed: nothing half-written reaches the rater. */
export function previewOf(form: DraftForm, offer: OfferKey): Preview {
  const components: PlanComponent[] = [];
  const lacks: string[] = [];
  for (const typed of form.components) {
    const component = toComponent({ ...typed, key: typed.id }, [offer]);
    const lack = lackOf(component);
    const name = component.name || "A component without a name";
    if (lack) lacks.push(`${name}: ${lack} (${offerLabel(offer)})`);
    else components.push({ ...component, name });
  }
  return { components, lacks };
}

function lackOf(component: PlanComponent): string | undefined {
  const [price] = component.prices;
  if (!isWhole(component.included)) return "what is included is not a whole number";
  if (!price) return "no price yet";
  const isWholesale = price.model === "volume" || price.model === "package";
  if (isWholesale && component.included !== "0") {
    return `${price.model} pricing includes no units`;
  }
  const bounds = [price.minimumMinor, price.capMinor];
  if (bounds.some((bound) => bound !== null && !isWhole(bound))) {
    return "the minimum or cap is not an amount of this currency";
  }
  return lacksOf[price.model](price);
}

const lacksOf: Record<ComponentPrice["model"], (price: ComponentPrice) => string | undefined> = {
  per_unit: ({ unitMinor }) => (isFigure(unitMinor) ? undefined : "no price yet"),
  package: ({ unitMinor, packageSize }) => {
    if (!isWhole(packageSize) || Number(packageSize) === 0) return "no package size yet";
    return isFigure(unitMinor) ? undefined : "no price yet";
  },
  percentage: ({ percent }) => (isFigure(percent) ? undefined : "no percentage yet"),
  graduated: lackOfTiers,
  volume: lackOfTiers,
};

function lackOfTiers({ tiers }: ComponentPrice): string | undefined {
  if (!tiers || tiers.length === 0) return "no tiers yet";
  let below = 0n;
  for (const [index, { upTo, unitMinor, flatMinor }] of tiers.entries()) {
    const name = `tier ${index + 1}`;
    if (!isFigure(unitMinor) || !isFigure(flatMinor)) return `${name} has no price`;
    if (upTo === null) continue;
    if (!isWhole(upTo)) return `${name} has no end`;
    if (BigInt(upTo) <= below) return `${name} ends before it begins`;
    below = BigInt(upTo);
  }
  return undefined;
}

function isFigure(text: string | null): boolean {
  return text !== null && isDecimal(text) && text.length <= 40;
}

function isWhole(text: string | null): boolean {
  return text !== null && /^\d{1,18}$/.test(text);
}
