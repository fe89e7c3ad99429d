import type { Context } from "#lib/context";
import type { Prisma } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { env } from "#lib/env";
import { keyOf, type Mirrored, type ObjectKey, type Sampler } from "#lib/events/converger";
import { resyncObject } from "#lib/events/resync-object";
import { newId } from "#lib/ids";
import { isOutOfReach } from "#lib/stripe/ask";
import type { StripeGateway } from "#lib/stripe/gateway";

/** What is done about a mirror that differs: repaired at once, proposed to a person, or nothing. */
export type DriftPolicy = "auto" | "propose" | "off";

export type Looked = { compared: number; differing: number };

export type DriftSettings = { policy?: DriftPolicy; count?: number };

/**
 * Compares some mirrors of every type with Stripe's live objects, field by field, and records what
 * differs and why. What has events waiting is about to change and is passed over; so is what
 * changed while it was looked at. By policy the repair is done or proposed. `count` is how many of
 * each type are looked at.
 */
export async function findDrift(
  ctx: Context,
  gateway: StripeGateway,
  samplers: ReadonlyMap<string, Sampler>,
  { policy = env().STRIPE_DRIFT_POLICY, count = 25 }: DriftSettings = {},
): Promise<Looked> {
  const looked: Looked = { compared: 0, differing: 0 };
  if (policy === "off") return looked;
  for (const [objectType, sampler] of samplers) {
    const sample = await view(ctx, (tx) => sampler.sample(tx, count));
    for (const mirrored of sample) {
      const differences = await differencesOf(ctx, gateway, sampler, mirrored);
      if (!differences) continue;
      looked.compared += 1;
      if (differences.length === 0) continue;
      looked.differing += 1;
      await record(ctx, objectType, mirrored, differences, policy);
    }
  }
  return looked;
}

/** Undefined where nothing can be said: it is about to change, or has just changed. */
async function differencesOf(
  ctx: Context,
  gateway: StripeGateway,
  sampler: Sampler,
  mirrored: Mirrored,
) {
  if (await isWaiting(ctx, mirrored)) return undefined;
  const live = await liveOf(gateway, sampler, mirrored);
  if (live === undefined) return undefined;
  const again = await view(ctx, (tx) => sampler.readRows(tx, [mirrored]));
  const now = again.get(keyOf(mirrored));
  if (!now || now.instant.getTime() !== mirrored.instant.getTime()) return undefined;
  if (await isWaiting(ctx, mirrored)) return undefined;
  return sampler.compare(now, live);
}

/** Undefined where its account is disconnected, so that nobody can know. */
async function liveOf(gateway: StripeGateway, sampler: Sampler, mirrored: Mirrored) {
  try {
    return await sampler.fetch(gateway, mirrored);
  } catch (error) {
    if (isOutOfReach(error)) return undefined;
    throw error;
  }
}

async function isWaiting(ctx: Context, { account, id }: ObjectKey): Promise<boolean> {
  const waiting = await view(ctx, (tx) =>
    tx.inboxWaiting.findFirst({ where: { objectId: id, account }, select: { id: true } }),
  );
  return waiting !== null;
}

async function record(
  ctx: Context,
  objectType: string,
  { account, id }: Mirrored,
  differences: Prisma.InputJsonValue,
  policy: DriftPolicy,
): Promise<void> {
  const why = await explain(ctx, { account, id });
  const status = policy === "auto" ? ("repairing" as const) : ("proposed" as const);
  const open = await transact(ctx, "events.find-drift", async (tx) => {
    await tx.drift.createMany({
      data: {
        ...{ id: newId("drift"), account, objectType, objectId: id, foundAt: ctx.now() },
        ...{ differences, why, status },
      },
      // It was found before, and waits for its decision or its repair.
      skipDuplicates: true,
    });
    return tx.drift.findFirst({
      where: { account, objectType, objectId: id, status: { in: ["proposed", "repairing"] } },
      select: { status: true },
    });
  });
  // Also one whose repair was decided and never asked for, because a process died in between.
  if (open?.status === "repairing") await resyncObject(ctx, { account, objectType, objectId: id });
}

/** The likeliest cause, from what the inbox knows of the object. */
async function explain(ctx: Context, { account, id }: ObjectKey): Promise<string> {
  const [row] = await view(
    ctx,
    (tx) => tx.$queryRaw<[{ dead: boolean; any: boolean }]>`
      select coalesce(bool_or(dead_at is not null), false) as dead, count(*) > 0 as any
      from inbox_events where object_id = ${id} and account = ${account}`,
  );
  if (row.dead) return "An event about it is among the dead letters.";
  return row.any
    ? "Stripe changed it after the last event that came; a later one is missing or was never sent."
    : "No event about it is in the inbox.";
}
