import { breaksAnswer } from "#lib/reconciliation/answers";
import { breakQuery } from "#lib/reconciliation/input";
import { listBreaks } from "#lib/reconciliation/list-breaks";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "reconciliation:read",
  summary: "List breaks",
  answer: breaksAnswer,
  query: breakQuery,
  run: (ctx, { query }) => listBreaks(ctx, query),
});
