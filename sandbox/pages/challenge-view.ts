import { html } from "hono/html";
import { type Html, mark, page } from "#sandbox/pages/layout";

/** What somebody is asked: about a payment, and by whom. */
export interface Challenge {
  amount: string;
  last4: string;
  /** Stripe wants to know whether they are a person; the bank asks nothing. */
  isCaptcha?: boolean;
}

/** What a bank would show: confirm the payment, or do not. */
export function challengeView(asked: Challenge): Html | Promise<Html> {
  if (asked.isCaptcha) return captchaView();
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

function captchaView(): Html | Promise<Html> {
  return page(
    "Are you a person?",
    html`<main class="notice">
      ${mark()}
      <h1>Are you a person?</h1>
      <p>
        Stripe would show pictures to choose from here, before it takes the payment. These are
        pretend: choose how they are answered.
      </p>
      <form method="post" class="choices">
        <button class="button" type="submit" name="answer" value="complete">
          Answer correctly
        </button>
        <button class="button quiet" type="submit" name="answer" value="fail">
          Answer wrongly
        </button>
      </form>
    </main>`,
  );
}
