import { z } from "zod";
import { decideSeatDrift } from "#lib/seats/decide-seat-drift";
import { decideSeatDriftInput } from "#lib/seats/input";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "seats:decide",
  summary: "Decide about a quantity that differs",
  params: z.object({ drift: z.string() }),
  body: decideSeatDriftInput,
  run: (ctx, { params, body }) => decideSeatDrift(ctx, { id: params.drift, ...body }),
});
