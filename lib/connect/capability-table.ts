import type { Profile } from "#lib/connect/profile";
import { countries } from "#lib/tenancy/countries";

export type EntityType = "individual" | "company" | "non_profit" | "government_entity";

/** What an account may do at Stripe: where, and for which kinds of business. */
export type CapabilityRow = {
  readonly name: string;
  readonly configuration: "merchant" | "recipient";
  /** Where the account is (ISO 3166); "all" where Stripe opens accounts. */
  readonly countries: readonly string[] | "all";
  /** Money crosses borders only inside this region; null where it does not matter. */
  readonly region: readonly string[] | null;
  /** Kinds of business that have it in some countries alone. */
  readonly only: Partial<Record<EntityType, readonly string[]>>;
  /** Stripe's page that was seen to say so, and when. */
  readonly seen: { readonly url: string; readonly on: string };
};

const union = [
  ...["AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE"],
  ...["IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"],
];
const economicArea = [...union, "IS", "LI", "NO"];
const on = "2026-11-21";
const anyBusiness = { government_entity: ["US"] };
const invoicing = { url: "https://docs.stripe.com/invoicing/payment-methods", on };

/**
 * Capabilities by country and kind of business, one row each, with the page of Stripe's that says
 * so. What was not seen there is not claimed: Stripe itself answers `unsupported_country` and
 * `unsupported_entity_type` for the rest, and its answer is what counts.
 * https://docs.stripe.com/connect/account-capabilities
 * https://docs.stripe.com/changelog/basil/2025-06-30/adds-unsupported-capability-status
 */
export const capabilityTable = {
  card_payments: {
    ...{ name: "Card payments", configuration: "merchant", countries: "all", region: null },
    ...{ only: anyBusiness, seen: { url: "https://stripe.com/global", on } },
  },
  "stripe_balance.stripe_transfers": {
    ...{ name: "Money passed on by the platform", configuration: "recipient", countries: "all" },
    ...{ region: [...economicArea, "CA", "CH", "GB", "US"], only: anyBusiness },
    seen: { url: "https://docs.stripe.com/connect/cross-border-payouts", on },
  },
  ach_debit_payments: {
    ...{ name: "ACH Direct Debit", configuration: "merchant", countries: ["US"], region: null },
    ...{ only: {}, seen: invoicing },
  },
  affirm_payments: {
    ...{ name: "Affirm", configuration: "merchant", countries: ["CA", "US"], region: null },
    ...{ only: {}, seen: invoicing },
  },
  afterpay_clearpay_payments: {
    ...{ name: "Afterpay, Clearpay", configuration: "merchant", region: null, only: {} },
    ...{ countries: ["AU", "CA", "GB", "NZ", "US"], seen: invoicing },
  },
} as const satisfies Record<string, CapabilityRow>;

export type CapabilityName = keyof typeof capabilityTable;
export const capabilityNames = Object.keys(capabilityTable) as CapabilityName[];

/** Where the accounts are: the tenant's, and the platform's own. */
type Where = { country: string; platform: string };

/** True where an account in a country may have this, on a platform in another. */
export function isOffered(name: CapabilityName, { country, platform }: Where): boolean {
  const { countries: where, region }: CapabilityRow = capabilityTable[name];
  if (where !== "all" && !where.includes(country)) return false;
  if (region === null || country === platform) return true;
  return region.includes(country) && region.includes(platform);
}

/** The countries of accounts that may have this, on a platform that is somewhere. */
export function countriesOf(name: CapabilityName, platform: string): readonly string[] {
  return countries.filter((country) => isOffered(name, { country, platform }));
}

/** What each configuration of an account is set up with. */
const askedFor = {
  merchant: "card_payments",
  recipient: "stripe_balance.stripe_transfers",
} as const satisfies Record<CapabilityRow["configuration"], CapabilityName>;

/** Of what a profile sets accounts up for, that which Stripe offers there. */
export function configurationsIn(
  { configurations }: Profile,
  where: Where,
): Profile["configurations"] {
  return configurations.filter((one) => isOffered(askedFor[one], where));
}

/** Where an account of this profile can be at all. */
export function countriesFor(profile: Profile, platform: string): readonly string[] {
  return countries.filter((country) => configurationsIn(profile, { country, platform }).length > 0);
}
