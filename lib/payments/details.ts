import type { StripeCustomer, StripeTaxId } from "#lib/stripe/gateway-customers";
import { referenceName } from "#lib/stripe/gateway-customers";

/** What stands on a tenant's bills. Empty text: not said. */
export type BillingDetails = {
  name: string;
  email: string;
  ccEmails: string[];
  phone: string;
  line1: string;
  line2: string;
  city: string;
  state: string;
  postalCode: string;
  country: string;
  locale: string;
  reference: string;
};

export type TaxIdView = {
  id: string;
  type: string;
  value: string;
  /** What the authority said of it; null where it is not asked. */
  verification: "pending" | "verified" | "unverified" | "unavailable" | null;
};

export const taxStandings = ["none", "exempt", "reverse"] as const;
export type TaxStanding = (typeof taxStandings)[number];

export function toDetails(customer: StripeCustomer | null, ccEmails: string[]): BillingDetails {
  const address = customer?.address;
  const fields = customer?.invoice_settings.custom_fields ?? [];
  return {
    name: customer?.name ?? "",
    email: customer?.email ?? "",
    ccEmails,
    phone: customer?.phone ?? "",
    line1: address?.line1 ?? "",
    line2: address?.line2 ?? "",
    city: address?.city ?? "",
    state: address?.state ?? "",
    postalCode: address?.postal_code ?? "",
    country: address?.country ?? "",
    locale: customer?.preferred_locales?.[0] ?? "",
    reference: fields.find(({ name }) => name === referenceName)?.value ?? "",
  };
}

export function toTaxId({ id, type, value, verification }: StripeTaxId): TaxIdView {
  return { id, type, value, verification: (verification?.status ?? null) as "pending" | null };
}
