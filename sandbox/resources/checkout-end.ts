import { redeemSession } from "#sandbox/billing/checkout-discounts";
import type { Decline } from "#sandbox/payments/test-cards";
import { get } from "#sandbox/protocol/route";
import { keepOnCustomer } from "#sandbox/resources/checkout-place";
import { createCustomer } from "#sandbox/resources/customers";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type CustomField = ObjectOf<"checkout.session">["custom_fields"][number];

/** Who completes a checkout, as far as their way to pay says. */
export type Payer = ObjectOf<"payment_method">["billing_details"];

/** How pressing the button went. */
export type CheckoutResult =
  | { kind: "complete" }
  | { kind: "challenge" }
  | { kind: "declined"; decline: Decline };

/** Ends a session that was paid. Its event comes after all that paying it made. */
export function completeSession(
  world: World,
  row: Row<"checkout.session">,
  payer: Payer,
  made: Partial<ObjectOf<"checkout.session">>,
): void {
  world.unschedule("session.expire", row.object.id);
  const { address, email, name, phone } = payer;
  const told = row.hidden.collected ?? {};
  row.object = {
    ...row.object,
    ...consentOf(row),
    custom_fields: row.object.custom_fields.map((field) => answered(field, told.custom ?? {})),
    customer_details: {
      address: told.address ?? address,
      business_name: null,
      email: email ?? row.object.customer_details?.email ?? null,
      individual_name: null,
      name,
      phone: told.phone ?? phone,
      tax_exempt: "none",
      tax_ids: (told.taxIds ?? []) as { type: "eu_vat"; value: string }[],
    },
    ...made,
    status: "complete",
    url: null,
  };
  world.save(row);
  if (row.object.mode === "payment") redeemSession(world, row.object);
  world.emit("checkout.session.completed", row.object);
}

/** The session's customer, made from what its payer typed if it has none. */
export function customerOf(
  world: World,
  row: Row<"checkout.session">,
  { email, name }: Payer,
): Row<"customer"> {
  const customer =
    row.object.customer !== null
      ? get(world, "customer", row.object.customer)
      : createCustomer(world, { email: email ?? row.object.customer_email, name }, null);
  keepOnCustomer(world, row, customer, name);
  return customer;
}

function consentOf({ object, hidden }: Row<"checkout.session">) {
  const { consent_collection: asked } = object;
  if (asked === null) return {};
  const { acceptsTerms = false, wantsNews = false } = hidden.collected ?? {};
  return {
    consent: {
      promotions: asked.promotions === "auto" ? (wantsNews ? "opt_in" : "opt_out") : null,
      terms_of_service: acceptsTerms ? ("accepted" as const) : null,
    },
  };
}

function answered(field: CustomField, answers: Record<string, string>): CustomField {
  const value = answers[field.key] ?? null;
  const { dropdown, numeric, text } = field;
  return {
    ...field,
    ...(dropdown === undefined ? {} : { dropdown: { ...dropdown, value } }),
    ...(numeric === undefined ? {} : { numeric: { ...numeric, value } }),
    ...(text === undefined ? {} : { text: { ...text, value } }),
  };
}
