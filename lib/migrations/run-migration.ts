import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { messageOf } from "#lib/errors";
import { countMigration } from "#lib/migrations/count-migration";
import { stageOf } from "#lib/migrations/migration";
import { moveSubscriber } from "#lib/migrations/move-subscriber";
import type { Row } from "#lib/migrations/outcome";
import { returnSubscriber } from "#lib/migrations/return-subscriber";
import { askToRun } from "#lib/migrations/steer-migration";
import { advanceMigration, findMigration, type WholeMigration } from "#lib/migrations/store";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";

/** After so many the job makes room for others and is queued anew. */
const perRun = 25;

/**
 * Carries a migration on by some subscribers, one after the other, and asks before each whether it
 * was paused. Whoever was cut off in the middle comes first and is looked at anew.
 */
export async function runMigration(
  ctx: Context,
  { migrationId }: { migrationId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<void> {
  try {
    for (let moved = 0; moved < perRun; moved += 1) {
      const migration = await view(ctx, (tx) => findMigration(tx, migrationId));
      if (migration.status === "counting")
        return await countMigration(ctx, { migrationId }, gateway);
      if (!(await takeStep(ctx, gateway, migration))) return;
    }
  } catch (error) {
    await transact(ctx, "migrations.run", (tx) =>
      tx.planMigration.update({ where: { id: migrationId }, data: { error: messageOf(error) } }),
    );
    throw error;
  }
  await transact(ctx, "migrations.run", (tx) => askToRun(tx, migrationId));
}

/** One subscriber further; false where there is none to go on with. */
async function takeStep(
  ctx: Context,
  gateway: StripeGateway,
  migration: WholeMigration,
): Promise<boolean> {
  if (migration.status === "running") {
    const row = await nextToMove(ctx, migration);
    if (row) await moveSubscriber(ctx, gateway, migration, row);
    else await endStage(ctx, migration);
    return row !== null;
  }
  if (migration.status !== "rolling_back") return false;
  const row = await nextToReturn(ctx, migration);
  if (row) await returnSubscriber(ctx, gateway, migration, row);
  else await endReturn(ctx, migration);
  return row !== null;
}

/** The first that waits, as long as the stage is not reached. */
function nextToMove(ctx: Context, { id, stagePercent }: WholeMigration): Promise<Row | null> {
  return view(ctx, async (tx) => {
    const cutOff = await tx.migratedSubscriber.findFirst({
      where: { migrationId: id, status: "moving" },
      orderBy: { position: "asc" },
    });
    if (cutOff) return cutOff;
    const total = await tx.migratedSubscriber.count({ where: { migrationId: id } });
    const waiting = { migrationId: id, status: "pending" as const };
    const left = await tx.migratedSubscriber.count({ where: waiting });
    if (total - left >= stageOf(total, stagePercent)) return null;
    return tx.migratedSubscriber.findFirst({ where: waiting, orderBy: { position: "asc" } });
  });
}

/** Who was moved, or is planned to be, or was cut off on the way. */
function nextToReturn(ctx: Context, { id }: WholeMigration): Promise<Row | null> {
  return view(ctx, (tx) =>
    tx.migratedSubscriber.findFirst({
      where: { migrationId: id, status: { in: ["returning", "moving", "scheduled", "moved"] } },
      orderBy: { position: "asc" },
    }),
  );
}

async function endStage(ctx: Context, migration: WholeMigration): Promise<void> {
  await transact(ctx, "migrations.run", async (tx) => {
    const where = { migrationId: migration.id, status: "pending" as const };
    const left = await tx.migratedSubscriber.count({ where });
    if (left > 0) await advanceMigration(tx, migration, "pause", { error: null });
    else await advanceMigration(tx, migration, "finish", { error: null, finishedAt: ctx.now() });
  });
}

async function endReturn(ctx: Context, migration: WholeMigration): Promise<void> {
  await transact(ctx, "migrations.run", (tx) =>
    advanceMigration(tx, migration, "return", { error: null, finishedAt: ctx.now() }),
  );
}
