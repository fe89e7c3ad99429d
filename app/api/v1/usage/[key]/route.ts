import { z } from "zod";
import { usageEventAnswer } from "#lib/usage/answers";
import { replaceUsage, voidUsage } from "#lib/usage/correct-usage";
import { eventKey, replaceUsageInput, voidUsageInput } from "#lib/usage/input";
import { getUsageEvent } from "#lib/usage/list-events";
import { route } from "#lib/web/route";

const params = z.object({ key: eventKey });

export const GET = route({
  who: "key",
  permission: "usage:read",
  summary: "See an event of usage",
  description: "As it counts now: a replaced event shows what it was replaced with.",
  params,
  answer: usageEventAnswer,
  run: (ctx, { params: { key } }) => getUsageEvent(ctx, { key }),
});

export const PUT = route({
  who: "key",
  permission: "usage:correct",
  summary: "Replace an event of usage",
  description: "Within the late window. What it was stays in the audit log, with your reason.",
  params,
  body: replaceUsageInput,
  run: (ctx, { params: { key }, body }) => replaceUsage(ctx, { key, ...body }),
});

export const DELETE = route({
  who: "key",
  permission: "usage:correct",
  summary: "Void an event of usage",
  description: "It counts no more. Where its invoice was finalised, the next one makes up for it.",
  params,
  body: voidUsageInput,
  run: (ctx, { params: { key }, body }) => voidUsage(ctx, { key, ...body }),
});
