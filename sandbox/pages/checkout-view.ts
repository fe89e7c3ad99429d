import { html } from "hono/html";
import { addressView, extrasView, inputView, type Shown } from "#sandbox/pages/checkout-fields";
import type { Asked } from "#sandbox/pages/checkout-form";
import { type Summary, summaryView } from "#sandbox/pages/checkout-summary";
import { waysView } from "#sandbox/pages/checkout-ways";
import { type Html, page } from "#sandbox/pages/layout";
import { offeredCards } from "#sandbox/pages/test-details";

/** What the page shows. */
export interface CheckoutPage extends Shown {
  summary: Summary;
  asked: Asked;
  /** Where the form goes, also when it is shown again after a challenge. */
  action: string;
  /** Why a typed code does not apply. */
  codeError?: string | undefined;
  /** What changed since the page was last seen: it must be looked at before it is paid. */
  news?: string | undefined;
}

/** The hosted Checkout page. It is a plain form: no script, and the second press pays nothing. */
export function checkoutView(shown: CheckoutPage): Html | Promise<Html> {
  const { asked, summary } = shown;
  const takesCard = asked.ways.includes("card");
  const email = {
    ...{ name: "email", label: "Email", autocomplete: "email", type: "email" },
    placeholder: "you@example.com",
  };
  const name = {
    ...{ name: "name", label: asked.ways.join() === "card" ? "Name on card" : "Name" },
    ...{ autocomplete: takesCard ? "cc-name" : "name", placeholder: "Full name" },
  };
  return page(
    "Checkout",
    html`<main class="checkout" aria-label="Checkout">
      ${summaryView(summary)}
      <section class="pay" aria-labelledby="pay-title">
        <div class="inner">
          <h2 id="pay-title">${titleOf(asked)}</h2>
          ${alertView(Object.keys(shown.errors).length, shown.news)}
          <form id="pay-form" method="post" action="${shown.action}" novalidate>
            <input type="hidden" name="seen" value="${summary.today}" />
            ${inputView(email, shown)} ${waysView(asked, shown)} ${inputView(name, shown)}
            ${addressView(asked, shown)} ${extrasView(asked, summary.terms, shown)}
            ${summary.note === null ? "" : html`<p class="fine">${summary.note}</p>`}
            <button class="button" type="submit">${summary.verb}</button>
            ${summary.takesCode ? codeView(shown.codeError) : ""}
            <p class="fine">
              No money moves. Only test details work, and what you type stays on this machine.
            </p>
            ${takesCard ? testCardsView() : ""}
          </form>
        </div>
      </section>
    </main>`,
  );
}

function titleOf({ ways }: Asked): string {
  if (ways.length === 0) return "Your details";
  return ways.join() === "card" ? "Pay by card" : "How to pay";
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
function alertView(errors: number, news: string | undefined) {
  if (news !== undefined) return html`<p class="said" role="status">${news}</p>`;
  if (errors < 2) return "";
  return html`<p class="alert" role="alert">${errors} fields need another look.</p>`;
}
