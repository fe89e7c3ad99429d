import { standingAnswer } from "#lib/reconciliation/answers";
import { getStanding } from "#lib/reconciliation/get-standing";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "reconciliation:read",
  summary: "Get how the books and Stripe compare",
  answer: standingAnswer,
  run: (ctx) => getStanding(ctx),
});
