import { moveAnswer, movedAnswer } from "#lib/payouts/answers";
import { transferInput } from "#lib/payouts/input";
import { listTransfers, movedQuery } from "#lib/payouts/list-transfers";
import { sendTransfer } from "#lib/payouts/send-transfer";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "payouts:read",
  summary: "List transfers to accounts",
  answer: pageOf(movedAnswer),
  query: movedQuery,
  run: (ctx, { query }) => listTransfers(ctx, query),
});

export const POST = route({
  who: "platform",
  permission: "money:update",
  summary: "Send money to an account",
  answer: moveAnswer,
  body: transferInput,
  run: (ctx, { body }) => sendTransfer(ctx, body),
});
