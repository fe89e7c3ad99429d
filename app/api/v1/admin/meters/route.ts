import { z } from "zod";
import { allOf } from "#lib/keyset";
import { meterAnswer } from "#lib/usage/admin-answers";
import { createMeter, newMeterInput } from "#lib/usage/change-meters";
import { listAllMeters } from "#lib/usage/list-all-meters";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "plans:read",
  summary: "List meters",
  answer: pageOf(meterAnswer),
  run: async (ctx) => allOf(await listAllMeters(ctx)),
});

export const POST = route({
  who: "platform",
  permission: "plans:update",
  summary: "Make a meter",
  answer: z.object({ key: z.string() }),
  body: newMeterInput,
  status: 201,
  run: (ctx, { body }) => createMeter(ctx, body),
});
