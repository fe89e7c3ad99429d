import { z } from "zod";
import { getCheck } from "#lib/rater/list-checks";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "rater:read",
  summary: "Get an invoice check",
  params: z.object({ id: z.string() }),
  run: (ctx, { params }) => getCheck(ctx, params.id),
});
