import { z } from "zod";
import { runsAnswer } from "#lib/reconciliation/answers";
import { runInput } from "#lib/reconciliation/input";
import { listRuns, runQuery } from "#lib/reconciliation/list-runs";
import { startRun } from "#lib/reconciliation/start-run";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "reconciliation:read",
  summary: "List reconciliation runs",
  answer: runsAnswer,
  query: runQuery,
  run: (ctx, { query }) => listRuns(ctx, query),
});

export const POST = route({
  who: "platform",
  permission: "reconciliation:run",
  summary: "Compare all of a book, or of every book",
  answer: z.object({ id: z.string() }),
  body: runInput,
  status: 202,
  run: (ctx, { body }) => startRun(ctx, body),
});
