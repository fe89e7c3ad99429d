import { unsettled } from "#lib/billing/change";
import type { Context } from "#lib/context";
import { isUniqueViolation, transact, view } from "#lib/db/transaction";
import { newId } from "#lib/ids";
import { enqueue, enqueueAll } from "#lib/jobs/enqueue";

/** How long a change may take before the clock looks at it. */
const patienceMs = 120_000;

/** Picks up changes that were cut off, and ends pauses whose time has come. */
export async function resumeChanges(ctx: Context): Promise<void> {
  const before = new Date(ctx.now().getTime() - patienceMs);
  const late = await view(ctx, (tx) =>
    tx.subscriptionChange.findMany({
      where: {
        ...{ status: { in: [...unsettled] }, createdAt: { lt: before } },
        OR: [
          { status: "requested" },
          { payUntil: { lt: before } },
          { status: "scheduled", effectiveAt: { lt: before } },
        ],
      },
      select: { id: true },
      take: 500,
    }),
  );
  await transact(ctx, "billing.resume-changes", (tx) =>
    enqueueAll(
      tx,
      late.map(({ id }) => {
        return { name: "billing.settle-change", payload: { changeId: id }, key: `change:${id}` };
      }),
    ),
  );
  await endPauses(ctx);
}

async function endPauses(ctx: Context): Promise<void> {
  const due = await view(ctx, (tx) =>
    tx.subscriptionChange.findMany({
      where: { kind: "pause", status: "applied", resumesAt: { lte: ctx.now() } },
      take: 100,
    }),
  );
  for (const pause of due) await endPause(ctx, pause);
}

type Pause = { id: string; tenantId: string; subscriptionId: string };

/** Has a paused plan go on, once. Where it no longer is paused there is nothing to do. */
async function endPause(ctx: Context, { id: pauseId, tenantId, subscriptionId }: Pause) {
  const createdAt = ctx.now();
  const id = newId("subscriptionChange", createdAt);
  const isPaused = await view(ctx, (tx) =>
    tx.subscription.count({ where: { id: subscriptionId, status: "paused" } }),
  );
  try {
    await transact(ctx, "billing.end-pause", async (tx) => {
      // Whoever takes the date off the pause is the one who ends it.
      const { count } = await tx.subscriptionChange.updateMany({
        where: { id: pauseId, resumesAt: { not: null } },
        data: { resumesAt: null },
      });
      if (count === 0 || isPaused === 0) return;
      await tx.subscriptionChange.create({
        data: {
          ...{ id, tenantId, subscriptionId, kind: "resume", status: "requested", createdAt },
          ...{ choice: { kind: "resume" }, request: { call: "resume", releases: null } },
          ...{ requestedById: null, traceId: ctx.traceId },
        },
      });
      await enqueue(tx, "billing.settle-change", { changeId: id }, { key: `change:${id}` });
    });
  } catch (error) {
    // Something else is under way; the clock comes again.
    if (!isUniqueViolation(error)) throw error;
  }
}
