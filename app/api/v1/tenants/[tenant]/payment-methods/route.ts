import { listMethods } from "#lib/payments/list-methods";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "billing:read",
  run: (ctx) => listMethods(ctx),
});
