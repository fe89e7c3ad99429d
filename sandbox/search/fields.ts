/** What a field can be compared by: a token whole, a string in part too, a number by size. */
export type FieldType = "numeric" | "string" | "token";

/** A field that can be searched by, and where it is kept unless under its own name. */
export interface Field {
  readonly type: FieldType;
  readonly path?: string;
}

const numeric = { type: "numeric" } as const;
const string = { type: "string" } as const;
const token = { type: "token" } as const;

/** The fields each resource is searched by: https://docs.stripe.com/search#supported-query-fields-for-each-resource */
export const searchFields = {
  charges: {
    ...{ amount: numeric, "billing_details.address.postal_code": token, created: numeric },
    ...{ currency: token, customer: token, disputed: token, metadata: token },
    ...{ refunded: token, status: token },
  },
  customers: { created: numeric, email: string, metadata: token, name: string, phone: string },
  invoices: {
    ...{ created: numeric, currency: token, customer: token },
    last_finalization_error_code: { type: "token", path: "last_finalization_error.code" },
    last_finalization_error_type: { type: "token", path: "last_finalization_error.type" },
    ...{ metadata: token, number: string, receipt_number: string, status: string },
    subscription: { type: "string", path: "parent.subscription_details.subscription" },
    total: numeric,
  },
  payment_intents: {
    ...{ amount: numeric, created: numeric, currency: token, customer: token },
    ...{ metadata: token, status: token },
  },
  prices: {
    ...{ active: token, currency: token, lookup_key: string, metadata: token },
    ...{ product: string, type: token },
  },
  products: {
    ...{ active: token, description: string, metadata: token, name: string },
    ...{ shippable: token, url: string },
  },
  subscriptions: { canceled_at: numeric, created: numeric, metadata: token, status: token },
} as const satisfies Record<string, Record<string, Field>>;

export type Searchable = keyof typeof searchFields;

// Whatever a payment was made with keeps these of it.
const ofMethod = /^payment_method_details\.[a-z_]+\.(last4|exp_month|exp_year|brand|fingerprint)$/;

/** How a resource is searched by a field; undefined where it cannot be. */
export function fieldOf(resource: Searchable, name: string): Field | undefined {
  if (resource === "charges" && ofMethod.test(name)) return token;
  const fields: Record<string, Field> = searchFields[resource];
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}
