import { moveAnswer, topupAnswer } from "#lib/payouts/answers";
import { topupInput } from "#lib/payouts/input";
import { listTopups, pageQuery } from "#lib/payouts/list-topups";
import { topUp } from "#lib/payouts/top-up";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "payouts:read",
  summary: "List top-ups",
  answer: pageOf(topupAnswer),
  query: pageQuery,
  run: (ctx, { query }) => listTopups(ctx, query),
});

export const POST = route({
  who: "platform",
  permission: "money:update",
  summary: "Bring money from the bank",
  answer: moveAnswer,
  body: topupInput,
  run: (ctx, { body }) => topUp(ctx, body),
});
