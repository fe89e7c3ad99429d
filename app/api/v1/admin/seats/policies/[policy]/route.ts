import { z } from "zod";
import { seatPolicyInput } from "#lib/seats/input";
import { changeSeatPolicy, dropSeatPolicy } from "#lib/seats/seat-policies";
import { route } from "#lib/web/route";

const params = z.object({ policy: z.string() });

export const PUT = route({
  who: "platform",
  permission: "seats:decide",
  summary: "Set how seats are sold",
  description: "`platform` in the path is the rules that hold where a plan version has none.",
  params,
  body: seatPolicyInput,
  run: (ctx, { params, body }) => changeSeatPolicy(ctx, { id: params.policy, ...body }),
});

export const DELETE = route({
  who: "platform",
  permission: "seats:decide",
  summary: "Have a plan version follow the platform's rules for seats",
  params,
  run: (ctx, { params }) => dropSeatPolicy(ctx, params.policy),
});
