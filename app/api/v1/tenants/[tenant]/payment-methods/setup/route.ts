import { clientSecretAnswer } from "#lib/payments/answers";
import { openMethodSetup } from "#lib/payments/keep-method";
import { route } from "#lib/web/route";

/** Begins keeping a method; the browser goes on with Stripe. */
export const POST = route({
  who: "tenant",
  permission: "billing:update",
  summary: "Begin keeping a payment method",
  description: "The browser goes on with Stripe.js.",
  answer: clientSecretAnswer,
  run: (ctx) => openMethodSetup(ctx),
});
