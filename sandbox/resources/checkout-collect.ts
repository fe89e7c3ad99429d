import { invalidRequest } from "#sandbox/protocol/errors";
import {
  boolean,
  integer,
  listOf,
  oneOf,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
  unsettable,
} from "#sandbox/protocol/params";
import { automaticTaxParam } from "#sandbox/resources/invoice-fields";
import type { CheckoutItem } from "#sandbox/store/kept";
import type { ObjectOf } from "#sandbox/store/kinds";

type Session = ObjectOf<"checkout.session">;
type CustomField = Session["custom_fields"][number];

const lengths = { default_value: text, maximum_length: integer, minimum_length: integer };
const said = unsettable(shape({ message: required(text) }));

/** What a checkout asks its payer for, besides paying. */
export const collectFields = {
  automatic_tax: automaticTaxParam,
  billing_address_collection: oneOf(["auto", "required"]),
  consent_collection: shape({
    payment_method_reuse_agreement: unbuilt,
    promotions: oneOf(["auto", "none"]),
    terms_of_service: oneOf(["none", "required"]),
  }),
  custom_fields: listOf(
    shape({
      dropdown: shape({
        default_value: text,
        options: required(listOf(shape({ label: required(text), value: required(text) }))),
      }),
      key: required(text),
      label: required(shape({ custom: required(text), type: required(oneOf(["custom"])) })),
      numeric: shape(lengths),
      optional: boolean,
      text: shape(lengths),
      type: required(oneOf(["dropdown", "numeric", "text"])),
    }),
  ),
  custom_text: shape({
    after_submit: said,
    shipping_address: unsettable(unbuilt),
    submit: said,
    terms_of_service_acceptance: said,
  }),
  phone_number_collection: shape({ enabled: required(boolean) }),
  tax_id_collection: shape({
    enabled: required(boolean),
    required: oneOf(["if_supported", "never"]),
  }),
} satisfies Shape;

/** What of a customer that is known already the checkout may change. */
export const customerUpdate = shape({
  address: oneOf(["auto", "never"]),
  name: oneOf(["auto", "never"]),
  shipping: unbuilt,
});

/** How many of a line the payer may choose. */
export const adjustable = shape({
  enabled: required(boolean),
  maximum: integer,
  minimum: integer,
});

/** The fields of a session that say what is asked for. */
export function collectedFrom(params: Params<typeof collectFields>): Partial<Session> {
  const { automatic_tax: tax, consent_collection: consent, custom_text: words } = params;
  const { tax_id_collection: taxIds } = params;
  return {
    ...(tax === undefined
      ? {}
      : {
          automatic_tax: {
            enabled: tax.enabled,
            liability: tax.enabled ? { type: "self" as const } : null,
            provider: tax.enabled ? "stripe" : null,
            status: tax.enabled ? ("requires_location_inputs" as const) : null,
          },
        }),
    billing_address_collection: params.billing_address_collection ?? null,
    ...(consent === undefined
      ? {}
      : {
          consent_collection: {
            payment_method_reuse_agreement: null,
            promotions: consent.promotions ?? null,
            terms_of_service: consent.terms_of_service ?? null,
          },
        }),
    custom_fields: customFieldsFrom(params.custom_fields ?? []),
    custom_text: {
      after_submit: words?.after_submit ?? null,
      shipping_address: null,
      submit: words?.submit ?? null,
      terms_of_service_acceptance: words?.terms_of_service_acceptance ?? null,
    },
    phone_number_collection: { enabled: params.phone_number_collection?.enabled ?? false },
    ...(taxIds === undefined
      ? {}
      : { tax_id_collection: { enabled: taxIds.enabled, required: taxIds.required ?? "never" } }),
  };
}

/** The bounds of a line's quantity, if its payer may change it. */
export function boundsOf(
  sent: ReturnType<typeof adjustable.read> | undefined,
  quantity: number,
): CheckoutItem["adjustable"] {
  if (!sent?.enabled) return undefined;
  const bounds = { minimum: sent.minimum ?? 0, maximum: sent.maximum ?? 99 };
  if (bounds.minimum <= quantity && quantity <= bounds.maximum) return bounds;
  const message = `The quantity must be between ${bounds.minimum} and ${bounds.maximum}.`;
  throw invalidRequest(message, undefined, "line_items[0][quantity]");
}

function customFieldsFrom(
  sent: NonNullable<Params<typeof collectFields>["custom_fields"]>,
): CustomField[] {
  if (sent.length > 3) {
    throw invalidRequest(
      "A Checkout Session has up to 3 custom fields.",
      undefined,
      "custom_fields",
    );
  }
  return sent.map(({ key, label, optional, type, dropdown, numeric, text: plain }, place) => {
    const blank = { default_value: null, maximum_length: null, minimum_length: null, value: null };
    if (type === "dropdown" && dropdown === undefined) {
      const param = `custom_fields[${place}][dropdown]`;
      throw invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);
    }
    return {
      ...(type === "dropdown" && dropdown !== undefined
        ? { dropdown: { default_value: null, ...dropdown, value: null } }
        : {}),
      key,
      label,
      ...(type === "numeric" ? { numeric: { ...blank, ...numeric } } : {}),
      optional: optional ?? false,
      ...(type === "text" ? { text: { ...blank, ...plain } } : {}),
      type,
    };
  });
}
