import {
  integer,
  metadata,
  oneOf,
  type Params,
  type Shape,
  shape,
  text,
} from "#sandbox/protocol/params";
import { mergeMetadata } from "#sandbox/protocol/route";
import { collectedFrom, collectFields } from "#sandbox/resources/checkout-collect";
import { billingFields } from "#sandbox/resources/subscription-billing";
import { trialSettings } from "#sandbox/resources/subscription-create";
import type { ObjectOf } from "#sandbox/store/kinds";

type Link = ObjectOf<"payment_link">;

/** What a link hands on to every checkout it opens. */
export const handedOn = {
  ...collectFields,
  payment_method_collection: oneOf(["always", "if_required"]),
  subscription_data: shape({
    description: text,
    invoice_settings: billingFields.invoice_settings,
    metadata,
    trial_period_days: integer,
    trial_settings: trialSettings,
  }),
} satisfies Shape;
type Sent = Params<typeof handedOn>;

/** What a link shows of what its checkouts will ask for. */
export function askedBy(params: Sent): Partial<Link> {
  const asked = collectedFrom(params);
  const isTaxed = params.automatic_tax?.enabled ?? false;
  const { subscription_data: data } = params;
  return {
    automatic_tax: { enabled: isTaxed, liability: isTaxed ? { type: "self" } : null },
    billing_address_collection: params.billing_address_collection ?? "auto",
    ...(asked.consent_collection === undefined
      ? {}
      : { consent_collection: asked.consent_collection }),
    custom_fields: (asked.custom_fields ?? []).map(unanswered),
    ...(asked.custom_text === undefined ? {} : { custom_text: asked.custom_text }),
    payment_method_collection: params.payment_method_collection ?? "always",
    phone_number_collection: asked.phone_number_collection ?? { enabled: false },
    ...(asked.tax_id_collection ? { tax_id_collection: asked.tax_id_collection } : {}),
    ...(data === undefined ? {} : { subscription_data: subscriptionOf(data) }),
  };
}

function subscriptionOf(data: NonNullable<Sent["subscription_data"]>): Link["subscription_data"] {
  const { description = null, invoice_settings: settings, trial_settings = null } = data;
  return {
    description,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: settings?.custom_fields ?? null,
      description: settings?.description ?? null,
      footer: settings?.footer ?? null,
      issuer: { type: "self" },
    },
    metadata: mergeMetadata({}, data.metadata),
    trial_period_days: data.trial_period_days ?? null,
    trial_settings,
  };
}

// A link asks, and nobody has answered it.
function unanswered(field: object): Link["custom_fields"][number] {
  const parts = Object.entries(field).map(([name, part]) => {
    if (!["dropdown", "numeric", "text"].includes(name)) return [name, part];
    const { value: _value, ...rest } = part as Record<string, unknown>;
    return [name, rest];
  });
  return Object.fromEntries(parts) as Link["custom_fields"][number];
}
