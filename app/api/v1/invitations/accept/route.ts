import { z } from "zod";
import { acceptInvitation } from "#lib/tenancy/accept-invitation";
import { tokenInput } from "#lib/tenancy/input";
import { route } from "#lib/web/route";

export const POST = route({
  who: "person",
  summary: "Accept an invitation",
  answer: z.object({ slug: z.string() }),
  limit: "token",
  body: tokenInput,
  run: (ctx, { body }) => acceptInvitation(ctx, body),
});
