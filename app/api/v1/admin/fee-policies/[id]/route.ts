import { z } from "zod";
import { policyAnswer } from "#lib/selling/answers";
import { changePolicy, discardPolicy } from "#lib/selling/draft-policy";
import { changePolicyInput } from "#lib/selling/input";
import { getPolicy } from "#lib/selling/list-policies";
import { route } from "#lib/web/route";

const params = z.object({ id: z.string() });

export const GET = route({
  who: "platform",
  permission: "fees:read",
  summary: "Read a fee policy",
  answer: policyAnswer,
  params,
  run: (ctx, { params: { id } }) => getPolicy(ctx, { policyId: id }),
});

export const PATCH = route({
  who: "platform",
  permission: "fees:update",
  summary: "Change a draft of the fee policy",
  answer: z.object({ revision: z.number() }),
  params,
  body: changePolicyInput,
  run: (ctx, { params: { id }, body }) => changePolicy(ctx, { policyId: id, ...body }),
});

export const DELETE = route({
  who: "platform",
  permission: "fees:update",
  summary: "Discard a draft of the fee policy",
  params,
  run: (ctx, { params: { id } }) => discardPolicy(ctx, { policyId: id }),
});
