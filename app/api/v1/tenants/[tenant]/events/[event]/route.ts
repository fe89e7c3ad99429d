import { z } from "zod";
import { route } from "#lib/web/route";
import { getEvent } from "#lib/webhooks/get-event";
import { readReference } from "#lib/webhooks/reference";

export const GET = route({
  who: "tenant",
  permission: "developers:read",
  params: z.object({ event: z.string() }),
  run: (ctx, { params }) => getEvent(ctx, { reference: readReference(params.event) ?? "" }),
});
