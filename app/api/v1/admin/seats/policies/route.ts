import { allOf } from "#lib/keyset";
import { seatPolicyAnswer } from "#lib/seats/answers";
import { listSeatPolicies } from "#lib/seats/seat-policies";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "plans:read",
  summary: "List how seats are sold",
  description: "The platform's rules, and those of every version that is sold by seats.",
  answer: pageOf(seatPolicyAnswer),
  run: async (ctx) => allOf(await listSeatPolicies(ctx)),
});
