import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { enqueue } from "#lib/jobs/enqueue";
import { oncePerVersion } from "#lib/migrations/create-migration";
import type { MigrationEvent } from "#lib/migrations/migration";
import { advanceMigration, findMigration } from "#lib/migrations/store";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

type Input = { migrationId: string };
type Staged = Input & { stagePercent: number };

/** Begins to move subscribers, so many of a hundred; then it pauses and somebody looks. */
export async function startMigration(ctx: PlatformContext, input: Staged): Promise<void> {
  requirePlatform(ctx, "plans:migrate");
  await steer(ctx, input, "start");
}

/** Stops after the subscriber of now. Who was moved stays moved. */
export async function pauseMigration(ctx: PlatformContext, input: Input): Promise<void> {
  requirePlatform(ctx, "plans:migrate");
  await steer(ctx, input, "pause");
}

/** Goes on, up to a further stage; what failed is tried again. */
export async function resumeMigration(ctx: PlatformContext, input: Staged): Promise<void> {
  requirePlatform(ctx, "plans:migrate");
  await steer(ctx, input, "resume");
}

/** Leads everyone who was moved back to where they were. */
export async function rollBackMigration(ctx: PlatformContext, input: Input): Promise<void> {
  requirePlatform(ctx, "plans:migrate");
  await steer(ctx, input, "roll_back");
}

/** Gives a plan up before anybody was moved. */
export async function cancelMigration(ctx: PlatformContext, input: Input): Promise<void> {
  requirePlatform(ctx, "plans:migrate");
  await steer(ctx, input, "cancel");
}

async function steer(
  ctx: PlatformContext,
  { migrationId, stagePercent }: Input & { stagePercent?: number },
  event: MigrationEvent,
): Promise<void> {
  await oncePerVersion(() =>
    transact(ctx, `migrations.${event.replace("_", "-")}-migration`, async (tx) => {
      const migration = await findMigration(tx, migrationId);
      const isOver = event === "cancel";
      const isBegun = event === "start" || event === "resume";
      const isOurs = await advanceMigration(tx, migration, event, {
        error: null,
        ...(stagePercent !== undefined && { stagePercent }),
        ...(event === "start" && { startedAt: ctx.now() }),
        ...(isOver && { finishedAt: ctx.now() }),
        ...(isBegun && { finishedAt: null }),
      });
      if (!isOurs) throw new Refusal("conflict", "Someone else steered this migration just now.");
      await prepare(tx, migrationId, event);
    }),
  );
}

async function prepare(tx: Tx, migrationId: string, event: MigrationEvent): Promise<void> {
  const retried = { where: { migrationId, status: "failed" as const } };
  if (event === "resume") {
    const again = { status: "pending" as const, reason: null, settledAt: null };
    await tx.migratedSubscriber.updateMany({ ...retried, data: again });
  }
  if (event === "roll_back") {
    // Whatever was begun with is looked at, also where it failed.
    const begun = { ...retried.where, itemsBefore: { not: Prisma.DbNull } };
    const data = { status: "moved" as const, reason: null };
    await tx.migratedSubscriber.updateMany({ where: begun, data });
  }
  if (event === "cancel" || event === "pause") return;
  await askToRun(tx, migrationId);
}

/** Queues the job that goes on; several asked at once are one. */
export async function askToRun(tx: Tx, migrationId: string): Promise<void> {
  await enqueue(tx, "migrations.run", { migrationId }, { key: `migration:${migrationId}` });
}
