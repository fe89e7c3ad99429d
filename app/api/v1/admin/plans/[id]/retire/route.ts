import { planId } from "#lib/catalog/input";
import { retirePlan } from "#lib/catalog/retire-version";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "plans:publish",
  summary: "Take a plan off offer",
  params: planId,
  run: (ctx, { params }) => retirePlan(ctx, { planId: params.id }),
});
