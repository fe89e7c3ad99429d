import { z } from "zod";
import { route } from "#lib/web/route";
import { replayedAnswer } from "#lib/webhooks/answers";
import { replaySinceInput } from "#lib/webhooks/input";
import { replaySince } from "#lib/webhooks/replay-since";

export const POST = route({
  who: "platform",
  permission: "webhooks:update",
  summary: "Send again what an endpoint missed",
  description: "All that failed since an instant, and all that happened while it was off.",
  answer: replayedAnswer,
  params: z.object({ endpoint: z.string() }),
  body: replaySinceInput,
  limit: "webhook.replay",
  run: (ctx, { params, body }) =>
    replaySince(ctx, { endpointId: params.endpoint, since: new Date(body.since) }),
});
