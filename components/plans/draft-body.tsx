import { isDecimal, toMajor, toMinor } from "#components/plans/decimals";
import {
  type DraftForm,
  emptyPrice,
  type FormComponent,
  type FormPrice,
  formFeature,
  type OfferKey,
  offerOf,
} from "#components/plans/draft-form";
import type { DraftContent } from "#lib/catalog/input";
import type { ComponentPrice, Feature, PlanComponent, PublicPlan } from "#lib/catalog/plan";
import type { Currency } from "#lib/money/currency";

type Stored = Pick<PublicPlan, "trialDays" | "trialNeedsCard" | "features" | "components">;

/** A stored version as fields to type in. */
export function toForm(version: Stored): DraftForm {
  const offers = [
    ...new Set(version.components.flatMap(({ prices }) => prices.map((price) => keyOf(price)))),
  ];
  return {
    trialDays: String(version.trialDays),
    trialNeedsCard: version.trialNeedsCard,
    offers: offers.length > 0 ? offers : ["usd/month"],
    components: version.components.map((component, index) => toFormComponent(component, index)),
    features: version.features.map((feature, index) => formFeature(feature, `feature-${index}`)),
  };
}

function keyOf({ currency, interval }: ComponentPrice): OfferKey {
  return `${currency}/${interval}`;
}

function toFormComponent(component: PlanComponent, index: number): FormComponent {
  const { kind, key, name, unit, meterKey, included, prices } = component;
  return {
    id: `component-${index}`,
    ...{ kind, key, name, included },
    unit: unit ?? "",
    meterKey: meterKey ?? "",
    prices: Object.fromEntries(prices.map((price) => [keyOf(price), toFormPrice(price)])),
  };
}

function toFormPrice(price: ComponentPrice): FormPrice {
  const major = (minor: string | null) => (minor === null ? "" : toMajor(minor, price.currency));
  return {
    model: price.model,
    unit: major(price.unitMinor),
    tiers: (price.tiers ?? []).map((tier, index) => ({
      id: `tier-${index}`,
      upTo: tier.upTo ?? "",
      unit: major(tier.unitMinor),
      flat: tier.flatMinor === "0" ? "" : major(tier.flatMinor),
    })),
    packageSize: price.packageSize ?? "",
    percent: price.percent ?? "",
    minimum: major(price.minimumMinor),
    cap: major(price.capMinor),
  };
}

/** The draft as the API takes it. What is no figure is sent as typed and refused at its field. */
export function toBody(form: DraftForm): DraftContent {
  return {
    trialDays: wholeOr(form.trialDays, 0),
    trialNeedsCard: form.trialNeedsCard,
    features: form.features.map(toFeature),
    components: form.components.map((component) => toComponent(component, form.offers)),
  };
}

function toFeature({ key, name, limit, meterKey }: DraftForm["features"][number]): Feature {
  return {
    ...{ key: key.trim(), name: name.trim() },
    ...(limit.trim() ? { limit: wholeOr(limit, 0) } : {}),
    ...(meterKey ? { meterKey } : {}),
  };
}

/** The component as it would be stored. What its model does not use is left out. */
export function toComponent(component: FormComponent, offers: readonly OfferKey[]): PlanComponent {
  const { kind, key, name, unit, meterKey, included } = component;
  return {
    ...{ kind, key: key.trim(), name: name.trim() },
    unit: kind === "flat" ? null : unit.trim() || null,
    meterKey: kind === "usage" ? meterKey || null : null,
    included: kind === "flat" ? "0" : included.trim() || "0",
    prices: offers.map((offer) => toPrice(component, offer)),
  };
}

function toPrice({ kind, prices }: FormComponent, offer: OfferKey): ComponentPrice {
  const price = prices[offer] ?? emptyPrice();
  const isUsage = kind === "usage";
  const { currency, interval } = offerOf(offer);
  const { model } = price;
  const orNull = (major: string) => (major.trim() ? toMinor(major, currency) : null);
  return {
    ...{ currency, interval, model },
    unitMinor: model === "per_unit" || model === "package" ? toMinor(price.unit, currency) : null,
    tiers: model === "graduated" || model === "volume" ? toTiers(price, currency) : null,
    packageSize: model === "package" ? price.packageSize.trim() : null,
    percent: model === "percentage" ? price.percent.trim() : null,
    minimumMinor: isUsage ? orNull(price.minimum) : null,
    capMinor: isUsage ? orNull(price.cap) : null,
  };
}

function toTiers({ tiers }: FormPrice, currency: Currency): ComponentPrice["tiers"] {
  return tiers.map(({ upTo, unit, flat }, index) => ({
    upTo: index === tiers.length - 1 ? null : upTo.trim(),
    unitMinor: toMinor(unit, currency),
    flatMinor: flat.trim() ? toMinor(flat, currency) : "0",
  }));
}

/** A number, or what was typed: the server says what is wrong with that. */
function wholeOr(text: string, empty: number): number {
  const trimmed = text.trim();
  if (!trimmed) return empty;
  return isDecimal(trimmed) ? Number(trimmed) : (trimmed as unknown as number);
}
