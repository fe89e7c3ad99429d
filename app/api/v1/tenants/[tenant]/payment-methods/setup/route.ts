import { openMethodSetup } from "#lib/payments/keep-method";
import { route } from "#lib/web/route";

/** Begins keeping a method; the browser goes on with Stripe. */
export const POST = route({
  who: "tenant",
  permission: "billing:update",
  run: (ctx) => openMethodSetup(ctx),
});
