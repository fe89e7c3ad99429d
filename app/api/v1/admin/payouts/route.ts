import { listedPayoutAnswer, moveAnswer } from "#lib/payouts/answers";
import { platformPayoutInput } from "#lib/payouts/input";
import { allPayoutsQuery, listPayouts } from "#lib/payouts/list-payouts";
import { payOutPlatform } from "#lib/payouts/pay-out-platform";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "payouts:read",
  summary: "List payouts of all accounts",
  answer: pageOf(listedPayoutAnswer),
  query: allPayoutsQuery,
  run: (ctx, { query }) => listPayouts(ctx, query),
});

export const POST = route({
  who: "platform",
  permission: "money:update",
  summary: "Pay out of the platform's own balance",
  description:
    "To the bank account Stripe has for the currency, or instantly where it takes that, as the preview said.",
  answer: moveAnswer,
  body: platformPayoutInput,
  run: (ctx, { body }) => payOutPlatform(ctx, body),
});
