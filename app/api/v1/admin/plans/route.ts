import { createPlan } from "#lib/catalog/create-plan";
import { createPlanInput } from "#lib/catalog/input";
import { listPlans } from "#lib/overview/list-plans";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "plans:read",
  summary: "List plans",
  run: (ctx) => listPlans(ctx),
});

export const POST = route({
  who: "platform",
  permission: "plans:update",
  summary: "Create a plan or an add-on",
  body: createPlanInput,
  status: 201,
  run: (ctx, { body }) => createPlan(ctx, body),
});
