import { billingDetailsAnswer } from "#lib/payments/answers";
import { getDetails } from "#lib/payments/get-details";
import { detailsInput } from "#lib/payments/input";
import { updateDetails } from "#lib/payments/update-details";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "billing:read",
  summary: "Get the billing details",
  description: "What stands on the bills, as Stripe has it this moment.",
  answer: billingDetailsAnswer,
  run: (ctx) => getDetails(ctx),
});

export const PUT = route({
  who: "tenant",
  permission: "billing:update",
  summary: "Replace the billing details",
  description: "What is left out is emptied.",
  body: detailsInput,
  run: (ctx, { body }) => updateDetails(ctx, body),
});
