import { deletePlan } from "#lib/catalog/delete-plan";
import { planId, updatePlanInput } from "#lib/catalog/input";
import { updatePlan } from "#lib/catalog/update-plan";
import { route } from "#lib/web/route";

export const PATCH = route({
  who: "platform",
  permission: "plans:update",
  summary: "Rename or move a plan",
  params: planId,
  body: updatePlanInput,
  run: (ctx, { params, body }) => updatePlan(ctx, { planId: params.id, ...body }),
});

export const DELETE = route({
  who: "platform",
  permission: "plans:update",
  summary: "Delete a plan that was never published",
  params: planId,
  run: (ctx, { params }) => deletePlan(ctx, { planId: params.id }),
});
