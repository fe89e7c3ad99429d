import { z } from "zod";
import { personAnswer, workspaceAnswer } from "#lib/tenancy/answers";
import { listMyTenants } from "#lib/tenancy/list-my-tenants";
import { route } from "#lib/web/route";

export const GET = route({
  who: "person",
  summary: "Get who is signed in",
  answer: z.object({ person: personAnswer, tenants: z.array(workspaceAnswer) }),
  run: async (ctx) => ({ person: ctx.person, tenants: await listMyTenants(ctx) }),
});
