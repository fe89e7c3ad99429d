import { z } from "zod";
import { allOf } from "#lib/keyset";
import { policyAnswer } from "#lib/selling/answers";
import { draftPolicy } from "#lib/selling/draft-policy";
import { policyInput } from "#lib/selling/input";
import { listPolicies } from "#lib/selling/list-policies";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "fees:read",
  summary: "List fee policies",
  answer: pageOf(policyAnswer),
  run: async (ctx) => allOf(await listPolicies(ctx)),
});

export const POST = route({
  who: "platform",
  permission: "fees:update",
  summary: "Draft a fee policy",
  answer: z.object({ policyId: z.string() }),
  body: policyInput,
  status: 201,
  run: (ctx, { body }) => draftPolicy(ctx, body),
});
