import { z } from "zod";
import { openPortal } from "#lib/payments/open-portal";
import { route } from "#lib/web/route";

/** A link to Stripe's own page, which opens once. */
export const POST = route({
  who: "tenant",
  permission: "billing:update",
  summary: "Open Stripe's billing portal",
  description: "The link opens once, within minutes.",
  answer: z.object({ url: z.string() }),
  run: (ctx) => openPortal(ctx),
});
