import { z } from "zod";
import { startBackfill } from "#lib/events/start-backfill";
import { backfillQuery, listBackfills } from "#lib/overview/list-backfills";
import { backfillsAnswer } from "#lib/overview/mirror-answers";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "events:read",
  summary: "List backfills",
  answer: backfillsAnswer,
  query: backfillQuery,
  run: (ctx, { query }) => listBackfills(ctx, query),
});

export const POST = route({
  who: "platform",
  permission: "events:replay",
  summary: "Read Stripe's event list for what was missed",
  answer: z.object({ status: z.literal("asked for") }),
  body: z.object({ account: z.string().max(255).optional() }),
  status: 202,
  run: async (ctx, { body }) => {
    await startBackfill(ctx, body);
    return { status: "asked for" as const };
  },
});
