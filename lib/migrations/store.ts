import { toPlan } from "#lib/catalog/read-version";
import { findVersion } from "#lib/catalog/store";
import type { Tx } from "#lib/db/client";
import type { PlanMigration } from "#lib/db/generated/client";
import { Refusal } from "#lib/errors";
import { advance } from "#lib/lifecycle";
import {
  type MigrationEvent,
  type MigrationStatus,
  migrationLifecycle,
} from "#lib/migrations/migration";

/** The migration with both its versions whole, or a refusal. */
export async function findMigration(tx: Tx, id: string) {
  const found = await tx.planMigration.findUnique({ where: { id } });
  if (!found) throw new Refusal("not_found", "There is no such migration.");
  const fromVersion = await findVersion(tx, found.fromVersionId);
  return { ...found, fromVersion, toVersion: await findVersion(tx, found.toVersionId) };
}
export type WholeMigration = Awaited<ReturnType<typeof findMigration>>;

/** The two plans of a migration, as the rater prices them. */
export function plansOf({ fromVersion, toVersion }: WholeMigration) {
  return { from: toPlan(fromVersion), to: toPlan(toVersion) };
}

/** Moves a migration on in its lifecycle. False where somebody else did so in between. */
export async function advanceMigration(
  tx: Tx,
  { id, status: from }: Pick<PlanMigration, "id" | "status">,
  event: MigrationEvent,
  data: Partial<Pick<PlanMigration, "stagePercent" | "error" | "startedAt" | "finishedAt">> = {},
): Promise<boolean> {
  const status = advance<MigrationStatus, MigrationEvent>(
    migrationLifecycle,
    "migration",
    from,
    event,
  );
  const { count } = await tx.planMigration.updateMany({
    where: { id, status: from },
    data: { ...data, status },
  });
  return count === 1;
}
