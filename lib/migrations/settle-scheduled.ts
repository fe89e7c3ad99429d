import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { isOn, keyOf } from "#lib/migrations/move-subscriber";
import { type Outcome, type Row, tryOn } from "#lib/migrations/outcome";
import { askToRun } from "#lib/migrations/steer-migration";
import { findMigration } from "#lib/migrations/store";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";

/** Wakes migrations whose job was lost, and looks what became of those whose renewal has come. */
export async function resumeMigrations(
  ctx: Context,
  gateway: StripeGateway = stripeGateway(),
): Promise<void> {
  await transact(ctx, "migrations.resume", async (tx) => {
    const where = {
      status: { in: ["counting" as const, "running" as const, "rolling_back" as const] },
    };
    for (const { id } of await tx.planMigration.findMany({ where })) await askToRun(tx, id);
  });
  const due = await view(ctx, (tx) =>
    tx.migratedSubscriber.findMany({
      where: { status: "scheduled", effectiveAt: { lte: ctx.now() } },
      orderBy: { effectiveAt: "asc" },
      take: 100,
    }),
  );
  for (const row of due) await settle(ctx, gateway, row);
}

/** The schedule has done its work; it lets go, so that nothing stands in the tenant's way. */
async function settle(ctx: Context, gateway: StripeGateway, row: Row): Promise<void> {
  const migration = await view(ctx, (tx) => findMigration(tx, row.migrationId));
  await tryOn(ctx, row, async (): Promise<Outcome> => {
    const live = await gateway.readSubscription(row.subscriptionId);
    if (!live) return { status: "skipped", reason: "It ended before it was moved." };
    if (isOn(live, migration.toVersion, migration.fromVersion)) {
      if (row.scheduleId && live.scheduleId === row.scheduleId) {
        await gateway.releaseSchedule({ scheduleId: row.scheduleId, key: keyOf(row, "done") });
      }
      return { status: "moved" };
    }
    // The renewal is a moment away, as the two clocks go.
    if (live.scheduleId === row.scheduleId) return { status: "scheduled" };
    return { status: "skipped", reason: "It was changed before it was moved." };
  });
}
