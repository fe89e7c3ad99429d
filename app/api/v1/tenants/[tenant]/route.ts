import { z } from "zod";
import { tenantAnswer } from "#lib/tenancy/answers";
import { getTenant } from "#lib/tenancy/get-tenant";
import { updateTenantInput } from "#lib/tenancy/input";
import { updateTenant } from "#lib/tenancy/update-tenant";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "tenant:read",
  summary: "Get the workspace",
  answer: tenantAnswer,
  run: (ctx) => getTenant(ctx),
});

export const PATCH = route({
  who: "tenant",
  permission: "tenant:update",
  summary: "Change the workspace",
  description: "Its name, or its address; the old address stops working.",
  answer: z.object({ slug: z.string() }),
  body: updateTenantInput,
  run: (ctx, { body }) => updateTenant(ctx, body),
});
