import { invoiceChecksAnswer } from "#lib/rater/answers";
import { checkQuery, listChecks } from "#lib/rater/list-checks";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "rater:read",
  summary: "List invoice checks",
  answer: invoiceChecksAnswer,
  query: checkQuery,
  run: (ctx, { query }) => listChecks(ctx, query),
});
