import { html } from "hono/html";

/** One labelled field of a form. */
export interface FieldShown {
  name: string;
  label: string;
  value?: string;
  type?: string;
  inputmode?: string;
  autocomplete?: string;
  placeholder?: string;
  error?: string | undefined;
}

/** A field with its label, and its error beside it. */
export function fieldView(field: FieldShown) {
  const { name, label, value = "", type = "text", inputmode = "text", error } = field;
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      inputmode="${inputmode}"
      autocomplete="${field.autocomplete ?? "off"}"
      placeholder="${field.placeholder ?? ""}"
      value="${value}"
      required
      ${error === undefined ? "" : html`aria-invalid="true" aria-describedby="${name}-error"`}
    />
    ${
      error === undefined ? "" : html`<p class="error" id="${name}-error" role="alert">${error}</p>`
    }
  </div>`;
}

/** A choice among a few. */
export function choiceView(
  name: string,
  label: string,
  options: readonly { value: string; text: string }[],
  chosen: string,
) {
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <select id="${name}" name="${name}">
      ${options.map(
        ({ value, text }) =>
          html`<option value="${value}" ${value === chosen ? "selected" : ""}>${text}</option>`,
      )}
    </select>
  </div>`;
}
