import { allOf } from "#lib/keyset";
import { usageLimitAnswer } from "#lib/usage/answers";
import { setLimitInput } from "#lib/usage/limit";
import { listUsageLimits, setUsageLimit } from "#lib/usage/set-limit";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "tenant",
  permission: "usage:read",
  summary: "List alerts and caps on usage",
  answer: pageOf(usageLimitAnswer),
  run: async (ctx) => allOf(await listUsageLimits(ctx)),
});

export const POST = route({
  who: "tenant",
  permission: "usage:limit",
  summary: "Set an alert or a cap on usage",
  description:
    "An alert tells your people and webhooks once a period. A soft cap tells at 80 and 100 %. " +
    "Past a hard cap usage is refused with 402.",
  body: setLimitInput,
  run: (ctx, { body }) => setUsageLimit(ctx, body),
});
