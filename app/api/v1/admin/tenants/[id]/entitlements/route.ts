import { z } from "zod";
import { entitlementsAnswer } from "#lib/entitlements/answers";
import { getTenantEntitlements } from "#lib/entitlements/get-entitlements";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "tenants:read",
  summary: "See what a tenant may use",
  answer: entitlementsAnswer,
  params: z.object({ id: z.string() }),
  run: (ctx, { params }) => getTenantEntitlements(ctx, params.id),
});
