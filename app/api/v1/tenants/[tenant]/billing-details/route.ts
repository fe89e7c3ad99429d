import { getDetails } from "#lib/payments/get-details";
import { detailsInput } from "#lib/payments/input";
import { updateDetails } from "#lib/payments/update-details";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "billing:read",
  run: (ctx) => getDetails(ctx),
});

export const PUT = route({
  who: "tenant",
  permission: "billing:update",
  body: detailsInput,
  run: (ctx, { body }) => updateDetails(ctx, body),
});
