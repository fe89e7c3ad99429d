import { listedPayoutAnswer, moveAnswer } from "#lib/payouts/answers";
import { createPayout } from "#lib/payouts/create-payout";
import { payoutInput } from "#lib/payouts/input";
import { listPayouts, payoutsQuery } from "#lib/payouts/list-payouts";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "tenant",
  permission: "payouts:read",
  summary: "List payouts",
  description: "With `source`, those that took a charge, refund or dispute along.",
  answer: pageOf(listedPayoutAnswer),
  query: payoutsQuery,
  run: (ctx, { query }) => listPayouts(ctx, query),
});

export const POST = route({
  who: "tenant",
  permission: "payouts:create",
  people: true,
  summary: "Pay out",
  description: "Preview it first: `seenMinor` is what the preview says can be paid out.",
  answer: moveAnswer,
  body: payoutInput,
  run: (ctx, { body }) => createPayout(ctx, body),
});
