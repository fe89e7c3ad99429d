import { z } from "zod";
import { startRunInput } from "#lib/events/inbox-run";
import { startRun } from "#lib/events/start-run";
import { runAnswer } from "#lib/overview/event-answers";
import { listRuns, runQuery } from "#lib/overview/list-runs";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "events:read",
  summary: "List bulk runs",
  answer: pageOf(runAnswer),
  query: runQuery,
  run: (ctx, { query }) => listRuns(ctx, query),
});

export const POST = route({
  who: "platform",
  permission: "events:replay",
  summary: "Start a bulk run",
  answer: z.object({ id: z.string(), count: z.int() }),
  body: startRunInput,
  status: 202,
  run: (ctx, { body }) => startRun(ctx, body),
});
