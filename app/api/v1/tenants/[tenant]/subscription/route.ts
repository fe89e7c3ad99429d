import { getSubscriptionStatus } from "#lib/billing/get-subscription-status";
import { subscriptionStatusAnswer } from "#lib/billing/plan-answers";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "billing:read",
  summary: "Get the standing of the subscription",
  description: "Cheap, to ask again while one waits.",
  answer: subscriptionStatusAnswer,
  run: (ctx) => getSubscriptionStatus(ctx),
});
