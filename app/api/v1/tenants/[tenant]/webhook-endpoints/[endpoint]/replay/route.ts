import { z } from "zod";
import { route } from "#lib/web/route";
import { replaySinceInput } from "#lib/webhooks/input";
import { replaySince } from "#lib/webhooks/replay-since";

export const POST = route({
  who: "tenant",
  permission: "developers:update",
  params: z.object({ endpoint: z.string() }),
  body: replaySinceInput,
  limit: "webhook.replay",
  run: (ctx, { params, body }) =>
    replaySince(ctx, { endpointId: params.endpoint, since: new Date(body.since) }),
});
