import { html } from "hono/html";
import { countries } from "#sandbox/pages/countries";
import { choiceView, fieldView } from "#sandbox/pages/field";
import type { Html } from "#sandbox/pages/layout";
import type { Act, Portal } from "#sandbox/pages/portal-acts";
import { createTaxId, isTaxId, taxIdTypes } from "#sandbox/resources/tax-ids";
import type { World } from "#sandbox/world/world";

type Form = Record<string, unknown>;
const parts = [
  { name: "line1", label: "Address", autocomplete: "address-line1" },
  { name: "city", label: "City", autocomplete: "address-level2" },
  { name: "state", label: "State or province", autocomplete: "address-level1" },
  { name: "postal_code", label: "Postal code", autocomplete: "postal-code" },
] as const;

/** The fields of one's details that may be changed here. */
export function detailsFields(
  world: World,
  { configuration, customer }: Portal,
  form: Form,
  error: string | undefined,
): Html | Promise<Html> {
  const { allowed_updates: allowed } = configuration.features.customer_update;
  const { email, name, phone, address } = customer.object;
  const typed = (key: string, kept: string | null | undefined) =>
    typeof form[key] === "string" ? form[key] : (kept ?? "");
  const field = (key: string, label: string, kept: string | null | undefined, more: object = {}) =>
    fieldView({ name: key, label, value: typed(key, kept), autocomplete: key, ...more });
  const [taxId] = world.list("tax_id", { customer: customer.object.id });
  const options = countries.map(({ code, name: text }) => ({ value: code, text }));
  const kinds = taxIdTypes.map((type) => ({
    ...{ value: type, text: type.replaceAll("_", " ").toUpperCase() },
  }));
  const country = typed("country", address?.country) || "US";
  const mail = { type: "email", inputmode: "email" };
  return html`${error === undefined ? "" : html`<p class="alert" role="alert">${error}</p>`}
    ${allowed.includes("name") ? field("name", "Name", name) : ""}
    ${allowed.includes("email") ? field("email", "Email", email, mail) : ""}
    ${
      allowed.includes("phone")
        ? field("phone", "Phone", phone, { autocomplete: "tel", inputmode: "tel" })
        : ""
    }
    ${
      allowed.includes("address")
        ? html`${choiceView("country", "Country or region", options, country)}
          ${parts.map(({ name: key, label, autocomplete }) =>
            field(key, label, address?.[key], { autocomplete }),
          )}`
        : ""
    }
    ${
      allowed.includes("tax_id")
        ? html`${choiceView("tax_type", "Tax ID of", kinds, typed("tax_type", taxId?.object.type))}
          ${field("tax_value", "Tax ID", taxId?.object.value, { autocomplete: "off" })}`
        : ""
    }
    <button class="button" type="submit">Save details</button>`;
}

/** Saves one's details, as far as they may be changed here. */
export function changeDetails(world: World, portal: Portal, form: Form): Act {
  const { allowed_updates: allowed } = portal.configuration.features.customer_update;
  const { customer } = portal;
  const email = textOf(form.email);
  if (allowed.includes("email") && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    return { error: "Enter an email address, such as you@example.com." };
  }
  const [type, value] = [textOf(form.tax_type), textOf(form.tax_value)];
  if (allowed.includes("tax_id") && value !== "" && !isTaxId(type, value)) {
    return { error: "This is not a tax ID of that kind." };
  }
  const before = customer.object;
  customer.object = {
    ...before,
    ...(allowed.includes("email") ? { email } : {}),
    ...(allowed.includes("name") ? { name: textOf(form.name) || null } : {}),
    ...(allowed.includes("phone") ? { phone: textOf(form.phone) || null } : {}),
    ...(allowed.includes("address") ? { address: addressIn(form) } : {}),
  };
  world.save(customer);
  const { email: oldEmail, name, phone, address } = before;
  const previous = {
    ...(allowed.includes("email") ? { email: oldEmail } : {}),
    ...(allowed.includes("name") ? { name: name ?? null } : {}),
    ...(allowed.includes("phone") ? { phone: phone ?? null } : {}),
    ...(allowed.includes("address") ? { address: address ?? null } : {}),
  };
  world.emit("customer.updated", customer.object, previous);
  if (allowed.includes("tax_id")) changeTaxId(world, portal, { type, value });
  return { done: "Your details are saved." };
}

// One tax id is shown here, so another takes its place.
function changeTaxId(
  world: World,
  { customer }: Portal,
  sent: { type: string; value: string },
): void {
  const known = world.list("tax_id", { customer: customer.object.id });
  if (known.some(({ object }) => object.type === sent.type && object.value === sent.value)) return;
  for (const row of known) {
    world.remove(row);
    world.emit("customer.tax_id.deleted", row.object);
  }
  if (sent.value !== "") createTaxId(world, customer, sent);
}

function addressIn(form: Form) {
  const part = (name: string) => textOf(form[name]) || null;
  return {
    ...{ city: part("city"), country: part("country"), line1: part("line1"), line2: null },
    ...{ postal_code: part("postal_code"), state: part("state")?.toUpperCase() ?? null },
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim().slice(0, 200) : "";
}
