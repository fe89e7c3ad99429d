import { z } from "zod";
import { runAnswer } from "#lib/overview/event-answers";
import { getRun } from "#lib/overview/list-runs";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "events:read",
  summary: "Get a bulk run",
  answer: runAnswer,
  params: z.object({ id: z.string() }),
  run: (ctx, { params }) => getRun(ctx, params.id),
});
