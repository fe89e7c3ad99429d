import { z } from "zod";
import { tenantPageAnswer } from "#lib/overview/console-answers";
import { getTenantPage } from "#lib/overview/get-tenant-page";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "tenants:read",
  summary: "Get a tenant",
  answer: tenantPageAnswer,
  params: z.object({ id: z.string() }),
  run: (ctx, { params }) => getTenantPage(ctx, params.id),
});
