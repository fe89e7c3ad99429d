import { disputeAnswer } from "#lib/disputes/answers";
import { disputeQuery } from "#lib/disputes/input";
import { listDisputes } from "#lib/disputes/list-disputes";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "tenant",
  permission: "payments:read",
  summary: "List disputes",
  description: "What customers had questioned by their banks, the newest first.",
  answer: pageOf(disputeAnswer),
  query: disputeQuery,
  run: (ctx, { query }) => listDisputes(ctx, query),
});
