import { anyDisputeAnswer } from "#lib/disputes/answers";
import { allDisputesQuery } from "#lib/disputes/input";
import { listAllDisputes } from "#lib/disputes/list-all-disputes";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "tenants:read",
  summary: "List disputes of every tenant",
  description: "Those that wait for an answer first, by deadline.",
  answer: pageOf(anyDisputeAnswer),
  query: allDisputesQuery,
  run: (ctx, { query }) => listAllDisputes(ctx, query),
});
