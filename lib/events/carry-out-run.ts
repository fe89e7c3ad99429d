import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { type InboxRun, Prisma } from "#lib/db/generated/client";
import { transact } from "#lib/db/transaction";
import { isLiveMode } from "#lib/env";
import { messageOf } from "#lib/errors";
import { announce } from "#lib/events/announce";
import { plain } from "#lib/events/inbox-filter";
import { handledUntil, runFilter } from "#lib/events/inbox-run";
import { scanInbox } from "#lib/events/scan-inbox";
import { enqueue } from "#lib/jobs/enqueue";

const eventsAtOnce = 500;
const lookedAtOnce = 5_000;
const sliceMs = 60_000;
const stillMs = 3 * 60_000;

type Found = { instant: Date };

/**
 * Goes on with an act on many events until it is done, stopped, or has run for a minute; then it
 * asks for itself again, so that no job lasts. Each batch is one transaction with how far the run
 * is, so one that is cut off goes on where it was and no event is met twice.
 */
export async function carryOutRun(
  ctx: Context,
  { runId }: { runId: string },
  isLive = isLiveMode(),
): Promise<void> {
  const until = Date.now() + sliceMs;
  try {
    while (await takeBatch(ctx, runId, isLive)) {
      announce(ctx.db);
      if (Date.now() < until) continue;
      await transact(ctx, "events.continue-run", (tx) => askFor(tx, runId));
      return;
    }
    announce(ctx.db);
  } catch (error) {
    await transact(ctx, "events.note-run", (tx) =>
      tx.inboxRun.updateMany({ where: { id: runId }, data: { error: messageOf(error) } }),
    );
    throw error;
  }
}

/** Asks again for runs that stand still, because whoever carried them out died. */
export async function resumeRuns(ctx: Context): Promise<void> {
  const before = new Date(ctx.now().getTime() - stillMs);
  await transact(ctx, "events.resume-runs", async (tx) => {
    const still = await tx.inboxRun.findMany({
      where: { status: "running", beatAt: { lt: before } },
      select: { id: true },
    });
    for (const { id } of still) await askFor(tx, id);
  });
}

function askFor(tx: Tx, runId: string): Promise<void> {
  return enqueue(tx, "events.carry-out-run", { runId }, { key: `run:${runId}` });
}

/** One batch. False where that was the last, or the run was stopped. */
async function takeBatch(ctx: Context, runId: string, isLive: boolean): Promise<boolean> {
  return transact(ctx, "events.carry-out-run", async (tx) => {
    // Whoever else carries this run out waits here, and then goes on after this batch.
    await tx.$queryRaw`select from inbox_runs where id = ${runId} for update`;
    const run = await tx.inboxRun.findUnique({ where: { id: runId } });
    if (run?.status !== "running") return false;
    await actFor(tx, run);
    const { rows, next } = await scanInbox<Found>(tx, {
      filter: runFilter.parse(run.filter),
      also: [handledUntil(run.asOf), ofOurMode(isLive)],
      columns: Prisma.sql`e.instant`,
      withBody: true,
      after: run.cursorAt && { at: run.cursorAt, id: run.cursorId! },
      ...{ order: "oldest" as const, limit: eventsAtOnce, look: lookedAtOnce },
    });
    const done = await act(tx, ctx, run, rows);
    const now = ctx.now();
    await tx.inboxRun.update({
      where: { id: runId },
      data: {
        ...{ done: { increment: done }, beatAt: now, error: null },
        ...(next
          ? { cursorAt: next.at, cursorId: next.id }
          : { status: "done" as const, finishedAt: now }),
      },
    });
    return next !== null;
  });
}

/** The audit log names who decided it, not the worker that does it. */
async function actFor(tx: Tx, { act, startedById }: InboxRun): Promise<void> {
  await tx.$executeRaw`select set_config('app.actor', ${startedById}, true),
    set_config('app.action', ${`events.${act}-events`}, true)`;
}

/** An event of the other mode changes nothing here, so it is let alone. */
function ofOurMode(isLive: boolean) {
  return plain(Prisma.sql`coalesce(e.body ->> 'livemode', ${String(isLive)}) = ${String(isLive)}`);
}

/** Does the act to those that are still as they were found, and answers how many they were. */
function act(
  tx: Tx,
  ctx: Context,
  run: InboxRun,
  rows: readonly (Found & { id: string })[],
): Promise<number> {
  // What is replayed is due now and not since ever, so whatever arrives meanwhile goes first.
  const becomes =
    run.act === "replay"
      ? Prisma.sql`status = 'waiting', attempts = 0, retry_at = ${ctx.now()}, handled_at = null,
          dead_at = null, error = null, handled_by = null, reason = null`
      : Prisma.sql`status = 'discarded', reason = ${run.reason}, handled_at = ${ctx.now()},
          handled_by = ${run.startedById}, dead_at = null`;
  const { status } = runFilter.parse(run.filter);
  return tx.$executeRaw`update inbox_events e set ${becomes}
    from unnest(${rows.map(({ id }) => id)}::text[],
      ${rows.map(({ instant }) => instant)}::timestamptz[]) as c (id, instant)
    where e.id = c.id and e.instant = c.instant and e.status = ${status}::inbox_status
      and e.handled_at <= ${run.asOf}`;
}
