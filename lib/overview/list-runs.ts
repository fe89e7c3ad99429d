import { z } from "zod";
import type { InboxRun } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { RunFilter } from "#lib/events/inbox-run";
import { type Page, pageSize, toPage } from "#lib/keyset";
import { startedBefore } from "#lib/overview/started-before";
import type { PlatformContext } from "#lib/tenancy/context";
import { namesOf } from "#lib/tenancy/find-names";
import { requirePlatform } from "#lib/tenancy/permissions";

export const runQuery = z.object({ cursor: z.string().max(200).optional() });

/** One decision about many events, and how far it is. */
export type RunRow = Pick<
  InboxRun,
  "id" | "act" | "reason" | "expected" | "done" | "status" | "startedAt" | "finishedAt" | "error"
> & { filter: RunFilter; startedBy: string; isStill: boolean };

/** Two minutes more than a run may take to be asked for again. */
const stillMs = 5 * 60_000;

/** What was decided about many events at once, the newest first. */
export async function listRuns(
  ctx: PlatformContext,
  { cursor }: z.infer<typeof runQuery> = {},
): Promise<Page<RunRow>> {
  requirePlatform(ctx, "events:read");

  return view(ctx, async (tx) => {
    const after = cursor ? startedBefore(cursor) : {};
    const found = await tx.inboxRun.findMany({
      ...{ where: after, orderBy: [{ startedAt: "desc" }, { id: "desc" }], take: pageSize + 1 },
    });
    const page = toPage(found, pageSize, ({ startedAt, id }) => ({ at: startedAt, id }));
    const names = await namesOf(
      tx,
      page.rows.map(({ startedById }) => startedById),
    );
    return { ...page, rows: page.rows.map((run) => rowOf(run, names, ctx.now())) };
  });
}

/** One run, for whoever watches it. */
export async function getRun(ctx: PlatformContext, id: string): Promise<RunRow> {
  requirePlatform(ctx, "events:read");

  return view(ctx, async (tx) => {
    const run = await tx.inboxRun.findUnique({ where: { id } });
    if (!run) throw new Refusal("not_found", "There is no such run.");
    return rowOf(run, await namesOf(tx, [run.startedById]), ctx.now());
  });
}

function rowOf(run: InboxRun, names: Map<string, string>, now: Date): RunRow {
  const { id, act, reason, expected, done, status, startedAt, finishedAt, error, beatAt } = run;
  return {
    ...{ id, act, reason, expected, done, status, startedAt, finishedAt, error },
    filter: run.filter as RunFilter,
    startedBy: names.get(run.startedById) ?? run.startedById,
    isStill: status === "running" && now.getTime() - beatAt.getTime() > stillMs,
  };
}
