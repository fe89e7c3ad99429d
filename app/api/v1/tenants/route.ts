import { z } from "zod";
import { allOf } from "#lib/keyset";
import { workspaceAnswer } from "#lib/tenancy/answers";
import { foundTenant } from "#lib/tenancy/found-tenant";
import { foundTenantInput } from "#lib/tenancy/input";
import { listMyTenants } from "#lib/tenancy/list-my-tenants";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "person",
  summary: "List your workspaces",
  answer: pageOf(workspaceAnswer),
  run: async (ctx) => allOf(await listMyTenants(ctx)),
});

export const POST = route({
  who: "person",
  summary: "Found a workspace",
  answer: z.object({ tenantId: z.string(), slug: z.string() }),
  limit: "sign-up",
  body: foundTenantInput,
  status: 201,
  run: (ctx, { body }) => foundTenant(ctx, body),
});
