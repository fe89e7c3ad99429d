import { z } from "zod";
import { requestResync } from "#lib/events/request-resync";
import { mirroredTypes } from "#lib/overview/read-mirrored";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "events:replay",
  summary: "Resync one object",
  answer: z.object({ eventId: z.string() }),
  body: z.object({
    objectType: z.string().refine((type) => mirroredTypes.includes(type), {
      error: "Nobody mirrors this type.",
    }),
    objectId: z.string().trim().min(3, "Give the object's id.").max(255),
    account: z.string().trim().max(255).default(""),
  }),
  status: 202,
  run: (ctx, { body }) => requestResync(ctx, body),
});
