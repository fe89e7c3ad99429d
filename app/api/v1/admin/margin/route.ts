import { marginAnswer } from "#lib/margin/answers";
import { getMargin } from "#lib/margin/get-margin";
import { marginQuery } from "#lib/margin/input";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "ledger:read",
  summary: "Read the margin by tenant, plan, country or payment method",
  answer: marginAnswer,
  query: marginQuery,
  run: (ctx, { query }) => getMargin(ctx, query),
});
