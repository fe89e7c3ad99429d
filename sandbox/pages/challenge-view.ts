import { html } from "hono/html";
import { type Html, mark, page } from "#sandbox/pages/layout";

/** What a bank would show: confirm the payment, or do not. */
export function challengeView(asked: { amount: string; last4: string }): Html | Promise<Html> {
  return page(
    "Confirm it is you",
    html`<main class="notice">
      ${mark()}
      <h1>Confirm it is you</h1>
      <p>
        A bank would ask its customer here to approve ${asked.amount} on the card ending in
        ${asked.last4}. This bank is pretend: choose how the customer answers.
      </p>
      <form method="post" class="choices">
        <button class="button" type="submit" name="answer" value="complete">
          Complete authentication
        </button>
        <button class="button quiet" type="submit" name="answer" value="fail">
          Fail authentication
        </button>
      </form>
    </main>`,
  );
}
