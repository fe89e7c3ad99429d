import { getBilling } from "#lib/billing/get-billing";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "billing:read",
  run: (ctx) => getBilling(ctx),
});
