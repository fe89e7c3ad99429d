import { html } from "hono/html";
import {
  type FieldErrors,
  type FieldName,
  offeredCards,
  type Typed,
} from "#sandbox/pages/checkout-form";
import { type Summary, summaryView } from "#sandbox/pages/checkout-summary";
import { countries } from "#sandbox/pages/countries";
import { type Html, page } from "#sandbox/pages/layout";

/** What the page shows. */
export interface CheckoutPage {
  summary: Summary;
  typed: Typed;
  errors: FieldErrors;
  /** Where the form goes, also when it is shown again after a challenge. */
  action: string;
  /** Why a typed code does not apply. */
  codeError?: string | undefined;
}

interface Field {
  name: FieldName;
  label: string;
  autocomplete: string;
  placeholder: string;
  inputmode?: string;
  type?: string;
}

const fields: Record<Exclude<FieldName, "country">, Field> = {
  email: {
    name: "email",
    label: "Email",
    autocomplete: "email",
    placeholder: "you@example.com",
    type: "email",
  },
  number: {
    name: "number",
    label: "Card number",
    autocomplete: "cc-number",
    placeholder: "1234 1234 1234 1234",
    inputmode: "numeric",
  },
  expiry: { name: "expiry", label: "Expiry", autocomplete: "cc-exp", placeholder: "MM / YY" },
  cvc: {
    name: "cvc",
    label: "Security code",
    autocomplete: "cc-csc",
    placeholder: "CVC",
    inputmode: "numeric",
  },
  name: { name: "name", label: "Name on card", autocomplete: "cc-name", placeholder: "Full name" },
};

/** The hosted Checkout page. It is a plain form: no script, and the second press pays nothing. */
export function checkoutView(shown: CheckoutPage): Html | Promise<Html> {
  const [first, second] = Object.keys(shown.errors);
  const isOnly = second === undefined;
  const field = (name: Exclude<FieldName, "country">) =>
    fieldView(fields[name], shown.typed[name], shown.errors[name], first === name, isOnly);
  return page(
    "Checkout",
    html`<main class="checkout">
      ${summaryView(shown.summary)}
      <section class="pay" aria-labelledby="pay-title">
        <div class="inner">
          <h2 id="pay-title">Pay by card</h2>
          ${alertView(Object.keys(shown.errors).length)}
          <form method="post" action="${shown.action}" novalidate>
            ${field("email")} ${field("number")}
            <div class="pair">${field("expiry")} ${field("cvc")}</div>
            ${field("name")} ${countryView(shown.typed.country, shown.errors.country, isOnly)}
            <button class="button" type="submit">${shown.summary.verb}</button>
            ${shown.summary.takesCode ? codeView(shown.codeError) : ""}
            <p class="fine">
              No money moves. Only test cards work, and what you type stays on this machine.
            </p>
            ${testCardsView()}
          </form>
        </div>
      </section>
    </main>`,
  );
}

function fieldView(
  field: Field,
  value: string,
  error: string | undefined,
  isFirst: boolean,
  isOnly: boolean,
) {
  const { name, label, autocomplete, placeholder, type = "text", inputmode = "text" } = field;
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      inputmode="${type === "email" ? "email" : inputmode}"
      autocomplete="${autocomplete}"
      placeholder="${placeholder}"
      value="${value}"
      required
      ${error === undefined ? "" : html`aria-invalid="true" aria-describedby="${name}-error"`}
      ${isFirst ? "autofocus" : ""}
    />
    ${errorView(field.name, error, isOnly)}
  </div>`;
}

function countryView(chosen: string, error: string | undefined, isOnly: boolean) {
  const selected = chosen || "US";
  return html`<div class="field">
    <label for="country">Country or region</label>
    <select
      id="country"
      name="country"
      autocomplete="country"
      required
      ${error === undefined ? "" : html`aria-invalid="true" aria-describedby="country-error"`}
    >
      ${countries.map(
        ({ code, name }) =>
          html`<option value="${code}" ${code === selected ? "selected" : ""}>${name}</option>`,
      )}
    </select>
    ${errorView("country", error, isOnly)}
  </div>`;
}

function codeView(error: string | undefined) {
  return html`<div class="field">
    <label for="code">Promotion code</label>
    <div class="code">
      <input
        id="code"
        name="code"
        autocomplete="off"
        ${error === undefined ? "" : html`aria-invalid="true" aria-describedby="code-error"`}
      />
      <button class="button quiet" type="submit" name="apply" value="code">Apply</button>
    </div>
    ${error === undefined ? "" : html`<p class="error" id="code-error" role="alert">${error}</p>`}
  </div>`;
}

function testCardsView() {
  return html`<details class="cards">
    <summary>Test cards</summary>
    <ul>
      ${offeredCards.map(
        ({ number, what }) => html`<li>
          <button type="submit" name="fill" value="${number}">
            <span class="number">${number}</span> <span class="what">${what}</span>
          </button>
        </li>`,
      )}
    </ul>
  </details>`;
}

// One error speaks for itself, beside its field; several are announced together first.
function alertView(errors: number) {
  if (errors < 2) return "";
  return html`<p class="alert" role="alert">${errors} fields need another look.</p>`;
}

function errorView(name: FieldName, error: string | undefined, isOnly: boolean) {
  if (error === undefined) return "";
  return html`<p class="error" id="${name}-error" ${isOnly ? html`role="alert"` : ""}>${error}</p>`;
}
