import { findVersion } from "#lib/catalog/store";
import { isUniqueViolation, transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { enqueue } from "#lib/jobs/enqueue";
import type { CreateMigrationInput } from "#lib/migrations/input";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** Plans to lead one version's subscribers to another. A job counts what each would pay first. */
export async function createMigration(
  ctx: PlatformContext,
  { fromVersionId, toVersionId, timing }: CreateMigrationInput,
): Promise<{ migrationId: string }> {
  requirePlatform(ctx, "plans:migrate");

  return oncePerVersion(() =>
    transact(ctx, "migrations.create-migration", async (tx) => {
      const from = await findVersion(tx, fromVersionId);
      const to = await findVersion(tx, toVersionId);
      if (from.status !== "published" && from.status !== "retired") {
        refuse("fromVersionId", `Nobody is on a version that is ${from.status}. Choose another.`);
      }
      if (to.status !== "published") {
        refuse("toVersionId", `The version to move to is ${to.status}. Publish one, or choose it.`);
      }
      if (from.id === to.id) refuse("toVersionId", "They are on that version. Choose another.");
      if (from.plan.kind !== to.plan.kind) {
        refuse("toVersionId", "A plan and an add-on do not take each other's place.");
      }
      if (from.components.length === 0 || to.components.length === 0) {
        refuse("toVersionId", "A free plan has no subscription to move from or to.");
      }
      const createdAt = ctx.now();
      const migrationId = newId("planMigration", createdAt);
      await tx.planMigration.create({
        data: {
          ...{ id: migrationId, fromVersionId, toVersionId, timing, status: "counting" },
          ...{ stagePercent: 0, createdById: ctx.userId, createdAt },
        },
      });
      await enqueue(tx, "migrations.count", { migrationId }, { key: `migration:${migrationId}` });
      return { migrationId };
    }),
  );
}

/** Two migrations at once would pull at the same subscribers. */
export async function oncePerVersion<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const message = "A migration of this version is under way. Finish or cancel that one first.";
    throw new Refusal("conflict", message);
  }
}

function refuse(field: string, message: string): never {
  throw new Refusal("invalid", message, { field });
}
