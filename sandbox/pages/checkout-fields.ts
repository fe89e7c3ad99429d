import { html } from "hono/html";
import type { Asked, FieldErrors, Typed } from "#sandbox/pages/checkout-form";
import { countries } from "#sandbox/pages/countries";
import type { Html } from "#sandbox/pages/layout";
import { taxIdTypes } from "#sandbox/resources/tax-ids";

type Piece = Html | Promise<Html> | string;

/** What a field of the page is. */
interface Field {
  name: string;
  label: string;
  autocomplete?: string;
  placeholder?: string;
  inputmode?: string;
  type?: string;
  isOptional?: boolean;
}

/** A form as it was typed, and what is wrong with it. */
export interface Shown {
  typed: Typed;
  errors: FieldErrors;
}

/** One field, with its error beside it. The first that is wrong has the keyboard. */
export function inputView(field: Field, { typed, errors }: Shown): Piece {
  const { name, label, type = "text", inputmode = "text", isOptional = false } = field;
  return html`<div class="field">
    <label for="${name}">${label}${isOptional ? html` <small>(optional)</small>` : ""}</label>
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      inputmode="${type === "email" ? "email" : inputmode}"
      autocomplete="${field.autocomplete ?? "off"}"
      placeholder="${field.placeholder ?? ""}"
      value="${typed[name] ?? ""}"
      ${isOptional ? "" : "required"}
      ${wrong(name, errors)}
    />
    ${errorView(name, errors)}
  </div>`;
}

/** A choice among a few, with its error beside it. */
export function selectView(
  field: Field,
  options: readonly { value: string; text: string }[],
  { typed, errors }: Shown,
): Piece {
  const { name, label, isOptional = false } = field;
  return html`<div class="field">
    <label for="${name}">${label}${isOptional ? html` <small>(optional)</small>` : ""}</label>
    <select
      id="${name}"
      name="${name}"
      autocomplete="${field.autocomplete ?? "off"}"
      ${isOptional ? "" : "required"}
      ${wrong(name, errors)}
    >
      ${options.map(({ value, text }) => {
        const isChosen = value === typed[name];
        return html`<option value="${value}" ${isChosen ? "selected" : ""}>${text}</option>`;
      })}
    </select>
    ${errorView(name, errors)}
  </div>`;
}

/** Where the payer lives: the country alone, or the whole address. */
export function addressView({ hasAddress }: Asked, shown: Shown): Piece {
  const options = countries.map(({ code, name }) => ({ value: code, text: name }));
  const country = { name: "country", label: "Country or region", autocomplete: "country" };
  const typed = { ...shown.typed, country: shown.typed.country || "US" };
  const chosen = selectView(country, options, { ...shown, typed });
  if (!hasAddress) return chosen;
  const field = (name: string, label: string, autocomplete: string) =>
    inputView({ name, label, autocomplete }, shown);
  return html`<fieldset class="group">
    <legend>Billing address</legend>
    ${chosen} ${field("line1", "Address", "address-line1")}
    <div class="pair">
      ${field("city", "City", "address-level2")}
      ${field("postal_code", "Postal code", "postal-code")}
    </div>
    ${field("state", "State or province", "address-level1")}
  </fieldset>`;
}

/** Everything a session asks for besides a card and an address. */
export function extrasView(asked: Asked, terms: string | null, shown: Shown): Piece {
  const kinds = taxIdTypes.map((type) => ({
    value: type,
    text: type.replaceAll("_", " ").toUpperCase(),
  }));
  const phone = {
    ...{ name: "phone", label: "Phone", autocomplete: "tel", inputmode: "tel", type: "tel" },
    placeholder: "+1 201 555 0123",
  };
  return html`${asked.hasPhone ? inputView(phone, shown) : ""}
  ${
    asked.hasTaxId
      ? html`<div class="pair">
          ${selectView({ name: "tax_type", label: "Tax ID of", isOptional: true }, kinds, shown)}
          ${inputView({ name: "tax_value", label: "Tax ID", isOptional: true }, shown)}
        </div>`
      : ""
  }
  ${asked.custom.map((field) => customView(field, shown))}
  ${asked.needsTerms ? checkView("terms", terms ?? "I accept the terms of service.", shown) : ""}
  ${asked.offersNews ? checkView("news", "Keep me up to date with news and offers.", shown) : ""}`;
}

function customView(field: Asked["custom"][number], shown: Shown): Piece {
  const name = `custom-${field.key}`;
  const about = {
    name,
    label: field.label.custom ?? field.key,
    isOptional: field.optional,
    inputmode: field.type === "numeric" ? "numeric" : "text",
  };
  const usual = (field.text ?? field.numeric ?? field.dropdown)?.default_value ?? "";
  const typed = { ...shown.typed, [name]: shown.typed[name] ?? usual };
  if (field.dropdown === undefined) return inputView(about, { ...shown, typed });
  const options = field.dropdown.options.map(({ label, value }) => ({ value, text: label }));
  return selectView(about, [{ value: "", text: "Choose" }, ...options], { ...shown, typed });
}

function checkView(name: string, label: string, { typed, errors }: Shown): Piece {
  return html`<div class="field">
    <div class="check">
      <input
        id="${name}"
        name="${name}"
        type="checkbox"
        value="yes"
        ${typed[name] === "yes" ? "checked" : ""}
        ${wrong(name, errors)}
      />
      <label for="${name}">${label}</label>
    </div>
    ${errorView(name, errors)}
  </div>`;
}

function wrong(name: string, errors: FieldErrors): Piece {
  if (errors[name] === undefined) return "";
  const isFirst = Object.keys(errors)[0] === name;
  return html`aria-invalid="true" aria-describedby="${name}-error" ${isFirst ? "autofocus" : ""}`;
}

/** What is wrong with a field. One error speaks for itself; several are announced together. */
export function errorView(name: string, errors: FieldErrors): Piece {
  const error = errors[name];
  if (error === undefined) return "";
  const isOnly = Object.keys(errors).length === 1;
  return html`<p class="error" id="${name}-error" ${isOnly ? html`role="alert"` : ""}>${error}</p>`;
}
