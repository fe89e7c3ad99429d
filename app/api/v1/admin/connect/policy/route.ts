import { policyAnswer } from "#lib/connect/answers";
import { changePolicy, getPolicy, policyInput } from "#lib/connect/policy";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "tenants:read",
  summary: "See the rules of payouts",
  answer: policyAnswer,
  run: (ctx) => getPolicy(ctx),
});

export const PUT = route({
  who: "platform",
  permission: "connect:policy",
  summary: "Change the rules of payouts",
  description: "Every account that takes payments is judged by them anew.",
  answer: policyAnswer,
  body: policyInput,
  run: async (ctx, { body }) => {
    await changePolicy(ctx, body);
    return body;
  },
});
