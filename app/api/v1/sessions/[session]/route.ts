import { z } from "zod";
import { revokeSession } from "#lib/tenancy/revoke-session";
import { route } from "#lib/web/route";

export const DELETE = route({
  who: "person",
  summary: "End a session",
  params: z.object({ session: z.string() }),
  run: (ctx, { params }) => revokeSession(ctx, { sessionId: params.session }),
});
