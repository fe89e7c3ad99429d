import { listPlans } from "#lib/overview/list-plans";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "plans:read",
  run: (ctx) => listPlans(ctx),
});
