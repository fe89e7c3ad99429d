import { z } from "zod";
import { appealHold } from "#lib/connect/appeal-hold";
import { appealInput } from "#lib/connect/hold";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "connect:onboard",
  people: true,
  summary: "Appeal a hold",
  answer: z.object({ id: z.string() }),
  params: z.object({ tenant: z.string(), id: z.string() }),
  body: appealInput,
  run: (ctx, { params, body }) => appealHold(ctx, { holdId: params.id, text: body.text }),
});
