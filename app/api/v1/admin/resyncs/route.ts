import { z } from "zod";
import { startResync } from "#lib/events/start-resync";
import { listResyncs, resyncQuery } from "#lib/overview/list-resyncs";
import { resyncAnswer } from "#lib/overview/mirror-answers";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "events:read",
  summary: "List resyncs",
  answer: pageOf(resyncAnswer),
  query: resyncQuery,
  run: (ctx, { query }) => listResyncs(ctx, query),
});

/** Without a tenant: everything. */
export const POST = route({
  who: "platform",
  permission: "events:replay",
  summary: "Start a resync",
  answer: z.object({ id: z.string() }),
  body: z.object({ tenantId: z.string().trim().min(1).max(100).nullable() }),
  status: 202,
  run: (ctx, { body }) => startResync(ctx, body),
});
