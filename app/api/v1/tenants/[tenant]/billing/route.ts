import { getBilling } from "#lib/billing/get-billing";
import { billingAnswer } from "#lib/billing/plan-answers";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "billing:read",
  summary: "Get the plan and what it costs",
  answer: billingAnswer,
  run: (ctx) => getBilling(ctx),
});
