import { z } from "zod";
import {
  changeGracePolicy,
  dropGracePolicy,
  gracePolicyInput,
} from "#lib/entitlements/grace-policies";
import { route } from "#lib/web/route";

const params = z.object({ policy: z.string() });

export const PUT = route({
  who: "platform",
  permission: "seats:decide",
  summary: "Set what happens when a payment fails",
  description: "`platform` in the path is the rules that hold where a plan version has none.",
  params,
  body: gracePolicyInput,
  run: (ctx, { params, body }) => changeGracePolicy(ctx, { id: params.policy, ...body }),
});

export const DELETE = route({
  who: "platform",
  permission: "seats:decide",
  summary: "Have a plan version follow the platform's rules for failed payments",
  params,
  run: (ctx, { params }) => dropGracePolicy(ctx, params.policy),
});
