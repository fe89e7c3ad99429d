import { changeTax, taxInput } from "#lib/payments/change-collection";
import { taxPageAnswer } from "#lib/payments/collection-answers";
import { getTax } from "#lib/payments/get-collection";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "invoices:read",
  summary: "How tax is collected",
  answer: taxPageAnswer,
  run: (ctx) => getTax(ctx),
});

export const PUT = route({
  who: "platform",
  permission: "money:update",
  summary: "Set from when on Stripe Tax counts",
  description:
    "`new` taxes plans bought from now on; `all` and `off` reach the plans there are, by a job.",
  body: taxInput,
  run: (ctx, { body }) => changeTax(ctx, body),
});
