import { planId } from "#lib/catalog/input";
import { restorePlan } from "#lib/catalog/retire-version";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "plans:publish",
  summary: "Offer a plan again",
  params: planId,
  run: (ctx, { params }) => restorePlan(ctx, { planId: params.id }),
});
