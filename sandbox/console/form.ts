import { html } from "hono/html";
import type { Html } from "#sandbox/console/parts";
import type { Place } from "#sandbox/console/place";

/** One thing a form asks for. */
export interface Field {
  name: string;
  label: string;
  kind?: "text" | "number" | "choice" | "datetime-local" | "check" | "hidden";
  value?: string;
  choices?: readonly (string | readonly [value: string, label: string])[];
  isRequired?: boolean;
  hint?: string;
  /** What may be typed, offered while typing. */
  offers?: string;
}

/** What a form sends without asking for it. */
export function hidden(name: string, value: string): Field {
  return { name, value, label: "", kind: "hidden" };
}

/** Keeps a form that changes the address in the account that is looked at. */
export function sameAccount({ isPlatform, account }: Pick<Place, "isPlatform" | "account">): Html {
  return isPlatform ? html`` : html`<input type="hidden" name="account" value="${account}" />`;
}

/** A control with its label above it. */
export function control(field: Field, scope: string): Html {
  const { name, kind = "text", value = "", label } = field;
  if (kind === "hidden") return html`<input type="hidden" name="${name}" value="${value}" />`;
  const id = `${scope}-${name}`;
  if (kind === "check") {
    return html`<p class="check">
      <input type="checkbox" id="${id}" name="${name}" value="true" />
      <label for="${id}">${label}</label>
    </p>`;
  }
  return html`<p class="field">
    <label for="${id}">${label}</label>
    ${kind === "choice" ? choice(field, id) : input(field, id)}
    ${field.hint === undefined ? "" : html`<small id="${id}-hint">${field.hint}</small>`}
  </p>`;
}

function input({ name, kind, value = "", hint, isRequired, offers }: Field, id: string): Html {
  const described = hint === undefined ? "" : html` aria-describedby="${id}-hint"`;
  return html`<input id="${id}" name="${name}" type="${kind ?? "text"}" value="${value}"
    autocomplete="off" ${isRequired ? "required" : ""} ${described}
    ${offers === undefined ? "" : html`list="${offers}"`}
    ${kind === "number" ? html`step="any"` : ""} />`;
}

function choice({ name, value, choices = [] }: Field, id: string): Html {
  return html`<select id="${id}" name="${name}">
    ${choices.map((each) => {
      const [own, label] = typeof each === "string" ? [each, each] : each;
      return html`<option value="${own}" ${own === value ? "selected" : ""}>${label}</option>`;
    })}
  </select>`;
}

/** A form that says what it will do before its one button does it. */
export function actForm(of: {
  action: string;
  effect?: Html | string;
  fields?: readonly Field[];
  button: string;
  scope: string;
  isDanger?: boolean;
  isInline?: boolean;
}): Html {
  const { fields = [], effect, scope } = of;
  return html`<form method="post" action="${of.action}" class="${of.isInline ? "inline" : "act"}">
    ${effect === undefined ? "" : html`<p class="effect">${effect}</p>`}
    ${fields.map((field) => control(field, scope))}
    <button class="button ${of.isDanger ? "danger" : ""}">${of.button}</button>
  </form>`;
}

/** An act behind its name: opened it says its effect, and a second press does it. */
export function disclosedAct(of: Parameters<typeof actForm>[0] & { label: string }): Html {
  return html`<details class="disclosed">
    <summary class="button ${of.isDanger ? "danger-quiet" : "quiet"}">${of.label}</summary>
    <div class="sheet">${actForm(of)}</div>
  </details>`;
}
