import { z } from "zod";
import { createPlan } from "#lib/catalog/create-plan";
import { createPlanInput } from "#lib/catalog/input";
import { allOf } from "#lib/keyset";
import { adminPlanAnswer } from "#lib/overview/console-answers";
import { listPlans } from "#lib/overview/list-plans";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "plans:read",
  summary: "List plans",
  answer: pageOf(adminPlanAnswer),
  run: async (ctx) => allOf(await listPlans(ctx)),
});

export const POST = route({
  who: "platform",
  permission: "plans:update",
  summary: "Create a plan or an add-on",
  answer: z.object({ planId: z.string(), versionId: z.string() }),
  body: createPlanInput,
  status: 201,
  run: (ctx, { body }) => createPlan(ctx, body),
});
