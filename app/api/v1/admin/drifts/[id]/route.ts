import { z } from "zod";
import { getDrift } from "#lib/overview/list-drifts";
import { driftAnswer } from "#lib/overview/mirror-answers";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "events:read",
  summary: "Get a drift",
  answer: driftAnswer,
  params: z.object({ id: z.string() }),
  run: (ctx, { params }) => getDrift(ctx, params.id),
});
