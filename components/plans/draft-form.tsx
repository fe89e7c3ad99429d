import type { ComponentKind, Feature, Interval, PricingModel } from "#lib/catalog/plan";
import type { Currency } from "#lib/money/currency";

/** Where a version is sold: one currency and interval, as "usd/month". */
export type OfferKey = `${Currency}/${Interval}`;

/** A step as it is typed. The last one has no end. */
export type FormTier = { id: string; upTo: string; unit: string; flat: string };

/** A price as it is typed, in whole units of its currency. Fields of other models are kept. */
export type FormPrice = {
  model: PricingModel;
  unit: string;
  tiers: FormTier[];
  packageSize: string;
  percent: string;
  minimum: string;
  cap: string;
};

export type FormComponent = {
  id: string;
  kind: ComponentKind;
  key: string;
  name: string;
  unit: string;
  meterKey: string;
  included: string;
  prices: Partial<Record<OfferKey, FormPrice>>;
};

export type FormFeature = {
  id: string;
  key: string;
  name: string;
  limit: string;
  meterKey: string;
};

/** A draft as it is typed: every figure is text until it is sent. */
export type DraftForm = {
  trialDays: string;
  trialNeedsCard: boolean;
  offers: OfferKey[];
  components: FormComponent[];
  features: FormFeature[];
};

export function offerOf(key: OfferKey): { currency: Currency; interval: Interval } {
  const [currency, interval] = key.split("/") as [Currency, Interval];
  return { currency, interval };
}

/** "USD / month" */
export function offerLabel(key: OfferKey): string {
  const { currency, interval } = offerOf(key);
  return `${currency.toUpperCase()} / ${interval}`;
}

/** The word for a thing as programs write it: "API calls" becomes "api_calls". */
export function keyFrom(name: string): string {
  return name
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 40);
}

export function emptyPrice(model: PricingModel = "per_unit"): FormPrice {
  return { model, unit: "", tiers: [], packageSize: "", percent: "", minimum: "", cap: "" };
}

export function emptyTier(id: string): FormTier {
  return { id, upTo: "", unit: "", flat: "" };
}

export function emptyFeature(id: string): FormFeature {
  return { id, key: "", name: "", limit: "", meterKey: "" };
}

const namesOf = { flat: "Base fee", seat: "Seats", usage: "Usage" } as const;

/** A component of a kind, with an empty price wherever the version is sold. */
export function emptyComponent(
  kind: ComponentKind,
  id: string,
  offers: readonly OfferKey[],
  taken: readonly string[],
): FormComponent {
  const name = namesOf[kind];
  const key = freeKey(keyFrom(name), taken);
  const prices = Object.fromEntries(offers.map((offer) => [offer, emptyPrice()]));
  const unit = { flat: "", seat: "seat", usage: "unit" }[kind];
  return { id, kind, key, name, unit, meterKey: "", included: "0", prices };
}

function freeKey(key: string, taken: readonly string[]): string {
  if (!taken.includes(key)) return key;
  let number = 2;
  while (taken.includes(`${key}_${number}`)) number += 1;
  return `${key}_${number}`;
}

/** One more place to sell: every component gets a price there, shaped like its first. */
export function addOffer(form: DraftForm, offer: OfferKey): DraftForm {
  if (form.offers.includes(offer)) return form;
  const components = form.components.map((component) => {
    const kept = component.prices[offer];
    const model = form.offers[0] && component.prices[form.offers[0]];
    return {
      ...component,
      prices: { ...component.prices, [offer]: kept ?? blankLike(model) },
    };
  });
  return { ...form, offers: [...form.offers, offer], components };
}

/** Tier borders and sizes carry over to another currency; amounts never do. */
function blankLike(price: FormPrice | undefined): FormPrice {
  if (!price) return emptyPrice();
  const tiers = price.tiers.map((tier) => ({ ...emptyTier(tier.id), upTo: tier.upTo }));
  return { ...emptyPrice(price.model), tiers, packageSize: price.packageSize };
}

/** No longer sold there. What was typed for it is kept, in case it was a slip. */
export function removeOffer(form: DraftForm, offer: OfferKey): DraftForm {
  return { ...form, offers: form.offers.filter((one) => one !== offer) };
}

/** Gives every price of the component one way of pricing. Tiers begin with one step for all. */
export function chooseModel(component: FormComponent, model: PricingModel): FormComponent {
  const isTiered = model === "graduated" || model === "volume";
  const prices = Object.fromEntries(
    Object.entries(component.prices).map(([offer, price]) => {
      const tiers = isTiered && price.tiers.length === 0 ? firstTiers(price) : price.tiers;
      return [offer, { ...price, model, tiers }];
    }),
  );
  return { ...component, prices };
}

function firstTiers(price: FormPrice): FormTier[] {
  return [{ ...emptyTier("first"), upTo: "1000", unit: price.unit }, emptyTier("last")];
}

/** Writes one price of the component over its others, figure for figure. */
export function copyPrice(component: FormComponent, from: OfferKey): FormComponent {
  const source = component.prices[from];
  if (!source) return component;
  const prices = Object.fromEntries(
    Object.keys(component.prices).map((offer) => [offer, { ...source }]),
  );
  return { ...component, prices };
}

/** The models a component's prices use; more than one only where a program made them so. */
export function modelsOf(component: FormComponent, offers: readonly OfferKey[]): PricingModel[] {
  const models = offers.flatMap((offer) => component.prices[offer]?.model ?? []);
  return [...new Set(models)];
}

export function formFeature(feature: Feature, id: string): FormFeature {
  const { key, name, limit, meterKey } = feature;
  return { id, key, name, limit: limit?.toString() ?? "", meterKey: meterKey ?? "" };
}
