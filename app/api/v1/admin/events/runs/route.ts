import { startRunInput } from "#lib/events/inbox-run";
import { startRun } from "#lib/events/start-run";
import { listRuns, runQuery } from "#lib/overview/list-runs";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "events:read",
  summary: "List bulk runs",
  query: runQuery,
  run: (ctx, { query }) => listRuns(ctx, query),
});

export const POST = route({
  who: "platform",
  permission: "events:replay",
  summary: "Start a bulk run",
  body: startRunInput,
  status: 202,
  run: (ctx, { body }) => startRun(ctx, body),
});
