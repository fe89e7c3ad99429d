import { isUniqueViolation, transact, view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import {
  actsOn,
  countedAtMost,
  handledUntil,
  type InboxAct,
  phraseFor,
  type StartRunInput,
} from "#lib/events/inbox-run";
import { countInbox } from "#lib/events/scan-inbox";
import { newId } from "#lib/ids";
import { enqueue } from "#lib/jobs/enqueue";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/**
 * Decides an act on all events that a filter found at an instant; a job carries it out. Asked
 * twice with one key it is one run, however it is asked.
 */
export async function startRun(
  ctx: PlatformContext,
  input: StartRunInput,
): Promise<{ id: string; count: number }> {
  requirePlatform(ctx, "events:replay");
  requirePossible(input);

  const earlier = await findByKey(ctx, input.key);
  if (earlier) return earlier;
  const id = newId("inboxRun");
  const now = ctx.now();
  try {
    return await transact(ctx, "events.start-run", async (tx) => {
      const also = [handledUntil(input.asOf)];
      const count = await countInbox(tx, input.filter, also, countedAtMost + 1);
      requireConfirmed(input, count);
      await tx.inboxRun.create({
        data: {
          ...{ id, key: input.key, act: input.act, filter: input.filter, asOf: input.asOf },
          ...{ reason: input.reason ?? null, expected: count, status: "running" },
          ...{ startedById: ctx.userId, startedAt: now, beatAt: now },
        },
      });
      await enqueue(tx, "events.carry-out-run", { runId: id }, { key: `run:${id}` });
      return { id, count };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return (await findByKey(ctx, input.key))!;
  }
}

/** Ends a run where it is. What it has done by then stays done. */
export async function stopRun(ctx: PlatformContext, { id }: { id: string }): Promise<void> {
  requirePlatform(ctx, "events:replay");

  await transact(ctx, "events.stop-run", async (tx) => {
    const { count } = await tx.inboxRun.updateMany({
      where: { id, status: "running" },
      data: { status: "stopped", finishedAt: ctx.now() },
    });
    if (count === 0) throw new Refusal("conflict", "This run does not go on any more.");
  });
}

function requirePossible({ act, filter, reason }: StartRunInput): void {
  if (!(actsOn[act] as readonly string[]).includes(filter.status)) {
    throw new Refusal("invalid", `What is ${filter.status} cannot be ${past[act]}.`);
  }
  if (act === "discard" && !reason) {
    throw new Refusal("invalid", "Say in a few words why.", { field: "reason" });
  }
}

const past = { replay: "replayed", discard: "discarded" } as const satisfies Record<
  InboxAct,
  string
>;

/** Counted anew: what was agreed to must still be what is done. */
function requireConfirmed({ act, typed }: StartRunInput, count: number): void {
  if (count === 0) throw new Refusal("conflict", "No event matches any more.");
  const phrase = phraseFor(act, count);
  if (phrase && typed?.trim().toLowerCase() !== phrase) {
    throw new Refusal("invalid", `Type “${phrase}” to go on.`, { field: "typed" });
  }
}

async function findByKey(ctx: PlatformContext, key: string) {
  const run = await view(ctx, (tx) => tx.inboxRun.findUnique({ where: { key } }));
  return run && { id: run.id, count: run.expected };
}
