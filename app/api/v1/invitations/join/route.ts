import { z } from "zod";
import { joinInput } from "#lib/tenancy/input";
import { joinByInvitation } from "#lib/tenancy/join-by-invitation";
import { route } from "#lib/web/route";

export const POST = route({
  who: "anyone",
  summary: "Join by an invitation",
  description: "For somebody who has no account yet: makes one.",
  answer: z.object({ userId: z.string(), email: z.string(), slug: z.string() }),
  limit: "token",
  body: joinInput,
  status: 201,
  run: (ctx, { body }) => joinByInvitation(ctx, body),
});
