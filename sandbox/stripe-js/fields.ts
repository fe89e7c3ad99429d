import { html } from "hono/html";
import type { Html } from "#sandbox/pages/layout";
import { otherMethods } from "#sandbox/payments/other-methods";

type Part = Html | Promise<Html> | string;

/** What a field's frame is told by the page around it. */
export interface Asked {
  element: string;
  key: string;
  account: string;
  /** The origin of the page around: nobody else hears the frame, or is heard by it. */
  host: string;
  currency: string;
  hasPostal: boolean;
}

/** The form of an element: what a person types, and nothing that acts by itself. */
export function fieldsOf(asked: Asked): Part {
  const fields = layouts[asked.element as keyof typeof layouts];
  return fields === undefined ? "" : fields(asked);
}

const layouts = {
  payment: (asked: Asked) => html`${typesOf(asked)}${group("card", cardWhole(asked))}
    ${otherGroups(asked.currency)}`,
  card: cardWhole,
};

const number = field("number", "Card number", "cc-number", "text", "1234 1234 1234 1234");
const expiry = field("expiry", "Expiration date", "cc-exp", "text", "MM / YY");
const cvc = field("cvc", "Security code", "cc-csc", "text", "CVC");

function cardWhole({ hasPostal }: Asked): Part {
  return html`${number}<div class="pair">${expiry}${cvc}</div>
    ${hasPostal ? field("postal", "ZIP or postal code", "postal-code") : ""}`;
}

const titles: Record<string, string> = {
  card: "Card",
  us_bank_account: "US bank account",
  sepa_debit: "SEPA Direct Debit",
  ideal: "iDEAL",
  bancontact: "Bancontact",
  grabpay: "GrabPay",
  pix: "Pix",
};

function typesFor(currency: string): string[] {
  return Object.entries(otherMethods)
    .filter(([, { currencies }]) => (currencies as readonly string[]).includes(currency))
    .map(([name]) => name);
}

function typesOf({ currency }: Asked): Part {
  const types = ["card", ...typesFor(currency)];
  if (types.length === 1) return "";
  return html`<fieldset class="types">
    <legend>Pay with</legend>
    ${types.map(
      (type, place) => html`<label class="check">
        <input type="radio" name="type" value="${type}" ${place === 0 ? "checked" : ""} />
        ${titles[type] ?? type}
      </label>`,
    )}
  </fieldset>`;
}

function otherGroups(currency: string): Part {
  const holder = html`${field("name", "Name on the account", "name")}`;
  const inside: Record<string, Part> = {
    us_bank_account: html`${holder}${field("routing_number", "Routing number", "off")}
      ${field("account_number", "Account number", "off")}`,
    sepa_debit: html`${holder}${field("email", "Email", "email", "email")}
      ${field("iban", "IBAN", "off")}`,
  };
  const leads = html`<p class="soft">You are led to your bank's page, and back.</p>`;
  return html`${typesFor(currency).map((type) => group(type, inside[type] ?? leads))}`;
}

function group(type: string, content: Part): Part {
  const hidden = type === "card" ? "" : "hidden";
  return html`<div class="group" data-type="${type}" ${hidden}>${content}</div>`;
}

function field(
  name: string,
  label: string,
  autocomplete: string,
  type = "text",
  placeholder = "",
): Part {
  const digits = ["number", "expiry", "cvc", "routing_number", "account_number"].includes(name);
  return html`<label class="field">
    ${label}
    <input
      name="${name}"
      type="${type}"
      inputmode="${digits ? "numeric" : "text"}"
      autocomplete="${autocomplete}"
      placeholder="${placeholder}"
      aria-describedby="error"
      required
    />
  </label>`;
}
