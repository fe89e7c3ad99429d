import { getSubscriptionStatus } from "#lib/billing/get-subscription-status";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "billing:read",
  run: (ctx) => getSubscriptionStatus(ctx),
});
