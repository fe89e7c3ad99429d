import { openPortal } from "#lib/payments/open-portal";
import { route } from "#lib/web/route";

/** A link to Stripe's own page, which opens once. */
export const POST = route({
  who: "tenant",
  permission: "billing:update",
  run: (ctx) => openPortal(ctx),
});
