import { gracePolicyAnswer } from "#lib/entitlements/answers";
import { listGracePolicies } from "#lib/entitlements/grace-policies";
import { allOf } from "#lib/keyset";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "plans:read",
  summary: "List what happens when a payment fails",
  description: "The platform's rules, and those of every published version.",
  answer: pageOf(gracePolicyAnswer),
  run: async (ctx) => allOf(await listGracePolicies(ctx)),
});
