import { currencyCode } from "#sandbox/protocol/currency";
import {
  boolean,
  byKey,
  listOf,
  metadata,
  oneOf,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
  unsettable,
} from "#sandbox/protocol/params";
import { address } from "#sandbox/resources/address";
import type { ObjectOf } from "#sandbox/store/kinds";

type Account = ObjectOf<"v2.core.account">;

const includes = [
  "configuration.customer",
  "configuration.merchant",
  "configuration.recipient",
  "defaults",
  "future_requirements",
  "identity",
  "requirements",
] as const;
export type Include = (typeof includes)[number];

/** The fields of an account that wait to be asked for by name. */
export const include = listOf(oneOf(includes));

/** Whether a field was asked for. */
export function isIncluded(asked: readonly string[], name: string): boolean {
  return asked.includes(name);
}

/** What an account can be configured as. */
export const applied = oneOf(["customer", "merchant", "recipient"]);

const requested = shape({ requested: required(boolean) });
const capabilities = byKey(requested);
const branding = shape({
  icon: text,
  logo: text,
  primary_color: text,
  secondary_color: text,
});
const configuration = shape({
  customer: shape({
    automatic_indirect_tax: unbuilt,
    billing: shape({ default_payment_method: unsettable(text), invoice: unbuilt }),
    capabilities: unbuilt,
    shipping: unbuilt,
    test_clock: unbuilt,
  }),
  merchant: shape({
    branding,
    capabilities,
    mcc: text,
    statement_descriptor: shape({ descriptor: text, prefix: text }),
    support: shape({ address, email: text, phone: text, url: text }),
  }),
  recipient: shape({
    capabilities: shape({
      stripe_balance: shape({ stripe_transfers: requested }),
      bank_accounts: unbuilt,
      cards: unbuilt,
    }),
  }),
});
const identity = shape({
  country: text,
  entity_type: oneOf(["company", "government_entity", "individual", "non_profit"]),
  business_details: shape({
    address,
    phone: text,
    registered_name: text,
  }),
  individual: shape({ given_name: text, surname: text, email: text, phone: text, address }),
  attestations: shape({
    terms_of_service: shape({ account: shape({ date: text, ip: text, user_agent: text }) }),
    directorship_declaration: unbuilt,
    ownership_declaration: unbuilt,
    persons_provided: unbuilt,
    representative_declaration: unbuilt,
  }),
});

/** What creating and updating an account take. */
export const accountFields = {
  account_token: unbuilt,
  configuration,
  contact_email: text,
  contact_phone: text,
  dashboard: oneOf(["express", "full", "none"]),
  defaults: shape({
    currency: currencyCode,
    locales: listOf(text),
    profile: shape({ business_url: text, doing_business_as: text, product_description: text }),
    responsibilities: shape({
      fees_collector: required(
        oneOf(["application", "application_custom", "application_express", "stripe"]),
      ),
      losses_collector: required(oneOf(["application", "stripe"])),
    }),
  }),
  display_name: text,
  identity,
  include,
  metadata,
} satisfies Shape;

type SentConfiguration = Params<typeof accountFields>["configuration"];
type Configuration = NonNullable<Account["configuration"]>;

/** Merges configurations. A capability asked for is restricted until onboarding is complete. */
export function configurationFrom(
  kept: Configuration | undefined,
  sent: SentConfiguration,
): Configuration {
  const merchant = sent?.merchant;
  const recipient = sent?.recipient;
  const customer = sent?.customer;
  const billing = customer?.billing?.default_payment_method;
  return {
    ...kept,
    ...(customer === undefined
      ? {}
      : {
          customer: {
            ...kept?.customer,
            applied: true,
            ...(billing ? { billing: { default_payment_method: billing } } : {}),
          },
        }),
    ...(merchant === undefined
      ? {}
      : {
          merchant: {
            ...kept?.merchant,
            ...(merchant as Partial<Configuration["merchant"]>),
            applied: true,
            capabilities: capabilitiesFrom(kept?.merchant?.capabilities, merchant.capabilities),
          },
        }),
    ...(recipient === undefined
      ? {}
      : {
          recipient: {
            applied: true,
            capabilities: {
              ...kept?.recipient?.capabilities,
              ...transfersFrom(recipient.capabilities?.stripe_balance?.stripe_transfers),
            },
          },
        }),
  };
}

const restricted = {
  status: "restricted" as const,
  status_details: [{ code: "requirements_past_due" as const, resolution: "provide_info" as const }],
};

// What is asked for no more is not shown, as what never was.
function transfersFrom(sent: { requested: boolean } | undefined) {
  if (sent === undefined) return {};
  return { stripe_balance: sent.requested ? { stripe_transfers: restricted } : {} };
}

function capabilitiesFrom(
  kept: object | undefined,
  sent: Record<string, { requested: boolean }> = {},
) {
  const asked = Object.entries(sent).filter(([, { requested: isRequested }]) => isRequested);
  const all = { ...Object.fromEntries(asked.map(([name]) => [name, restricted])), ...kept };
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => sent[name]?.requested !== false),
  );
}

/** Merges what is known of who is behind an account. */
export function identityFrom(
  kept: Account["identity"],
  sent: Params<typeof accountFields>["identity"],
): NonNullable<Account["identity"]> {
  const { attestations, business_details: business, individual, ...plain } = sent ?? {};
  return {
    ...kept,
    ...plain,
    ...(attestations === undefined
      ? {}
      : { attestations: { ...kept?.attestations, ...(attestations as object) } }),
    ...(business === undefined
      ? {}
      : { business_details: { ...kept?.business_details, ...(business as object) } }),
    ...(individual === undefined
      ? {}
      : { individual: { ...kept?.individual, ...(individual as object) } }),
  } as NonNullable<Account["identity"]>;
}
