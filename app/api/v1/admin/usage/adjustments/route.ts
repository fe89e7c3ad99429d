import { adjustmentAnswer } from "#lib/usage/admin-answers";
import { adjustmentQuery, listAdjustments } from "#lib/usage/list-adjustments";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "rater:read",
  summary: "List what was put on invoices beside Stripe's count",
  answer: pageOf(adjustmentAnswer),
  query: adjustmentQuery,
  run: (ctx, { query }) => listAdjustments(ctx, query),
});
