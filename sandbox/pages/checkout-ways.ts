import { html } from "hono/html";
import { errorView, inputView, type Shown } from "#sandbox/pages/checkout-fields";
import { type Asked, chosenWay } from "#sandbox/pages/checkout-form";
import type { Html } from "#sandbox/pages/layout";

type Piece = Html | Promise<Html> | string;

/** What a way to pay is called, and what its payer is told. */
export const wayNames: Record<string, { name: string; note: string }> = {
  card: { name: "Card", note: "" },
  us_bank_account: {
    name: "US bank account",
    note: "Test accounts: 000123456789 pays, 000222222227 has too little on it.",
  },
  sepa_debit: {
    name: "SEPA Direct Debit",
    note: "AT61 1904 3002 3457 3201 pays, AT86 1904 3002 3547 3202 is refused.",
  },
  ideal: { name: "iDEAL", note: "You go to your bank's page and come back." },
  bancontact: { name: "Bancontact", note: "You go to your bank's page and come back." },
  grabpay: { name: "GrabPay", note: "You go to Grab's page and come back." },
  pix: { name: "Pix", note: "You scan a code with your bank's app." },
};

/** How to pay: the one way there is, or a choice with the fields of what is chosen. */
export function waysView(asked: Asked, shown: Shown): Piece {
  const chosen = chosenWay(shown.typed, asked);
  if (asked.ways.length === 0) return "";
  if (asked.ways.length === 1) {
    return html`<input type="hidden" name="way" value="${chosen}" />
      <div class="way-fields">${fieldsOf(chosen, shown)} ${errorView("way", shown.errors)}</div>`;
  }
  return html`<fieldset class="group ways">
    <legend>Pay with</legend>
    ${asked.ways.map(
      (way) => html`<div class="way">
        <div class="check">
          <input
            type="radio"
            id="way-${way}"
            name="way"
            value="${way}"
            ${way === chosen ? "checked" : ""}
          />
          <label for="way-${way}">${wayNames[way]?.name ?? way}</label>
        </div>
        <div class="way-fields">${fieldsOf(way, shown)}</div>
      </div>`,
    )}
    ${errorView("way", shown.errors)}
  </fieldset>`;
}

function fieldsOf(way: string, shown: Shown): Piece {
  const note = wayNames[way]?.note ?? "";
  const said = note === "" ? "" : html`<p class="fine">${note}</p>`;
  if (way === "us_bank_account") {
    const field = { name: "account", label: "Account number", inputmode: "numeric" };
    return html`${inputView({ ...field, placeholder: "000123456789" }, shown)} ${said}`;
  }
  if (way === "sepa_debit") {
    const field = { name: "iban", label: "IBAN", placeholder: "AT61 1904 3002 3457 3201" };
    return html`${inputView(field, shown)} ${said}`;
  }
  return way === "card" ? cardView(shown) : said;
}

function cardView(shown: Shown): Piece {
  const number = {
    ...{ name: "number", label: "Card number", autocomplete: "cc-number" },
    ...{ placeholder: "1234 1234 1234 1234", inputmode: "numeric" },
  };
  const expiry = {
    ...{ name: "expiry", label: "Expiry", autocomplete: "cc-exp", placeholder: "MM / YY" },
  };
  const cvc = {
    ...{ name: "cvc", label: "Security code", autocomplete: "cc-csc" },
    ...{ placeholder: "CVC", inputmode: "numeric" },
  };
  return html`${inputView(number, shown)}
    <div class="pair">${inputView(expiry, shown)} ${inputView(cvc, shown)}</div>`;
}
