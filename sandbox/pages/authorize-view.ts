import { html } from "hono/html";
import { wayNames } from "#sandbox/pages/checkout-ways";
import { type Html, mark, page } from "#sandbox/pages/layout";

/** The page of a payer's own bank or wallet, as Stripe's test mode shows it: authorize, or fail. */
export function authorizeView(way: string, amount: string): Html | Promise<Html> {
  const name = wayNames[way]?.name ?? way;
  const isCode = way === "pix";
  return page(
    `${name} test payment`,
    html`<main class="notice">
      ${mark()}
      <h1>${name} test payment</h1>
      <p>
        ${isCode ? "A payer would scan a code here" : "A payer would sign in here"} and approve
        ${amount}. This page is pretend: choose how it ends.
      </p>
      <form method="post" class="choices">
        <button class="button" type="submit" name="answer" value="complete">
          Authorize test payment
        </button>
        <button class="button quiet" type="submit" name="answer" value="fail">
          Fail test payment
        </button>
      </form>
    </main>`,
  );
}
