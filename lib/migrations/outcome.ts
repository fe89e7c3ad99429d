import type { Context } from "#lib/context";
import type { MigratedSubscriber } from "#lib/db/generated/client";
import { transact } from "#lib/db/transaction";
import { messageOf } from "#lib/errors";
import type { MigratedStatus } from "#lib/migrations/migration";
import { isStripesNo } from "#lib/stripe/ask";

/** What became of a subscriber. */
export type Outcome = {
  status: MigratedStatus;
  reason?: string;
  scheduleId?: string;
  effectiveAt?: Date;
};
export type Row = MigratedSubscriber;

/** Takes hold of a subscriber before Stripe is asked. Each try has a number of its own. */
export async function claim(
  ctx: Context,
  { migrationId, subscriptionId, status: from }: Row,
  status: "moving" | "returning",
): Promise<Row> {
  const where = { migrationId_subscriptionId: { migrationId, subscriptionId } };
  return transact(ctx, "migrations.run", async (tx) => {
    await tx.migratedSubscriber.updateMany({
      where: { migrationId, subscriptionId, status: from },
      data: { status, tries: { increment: 1 } },
    });
    return tx.migratedSubscriber.findUniqueOrThrow({ where });
  });
}

/** Writes down what became of a subscriber, and when. */
export async function keepOutcome(ctx: Context, row: Row, outcome: Outcome): Promise<void> {
  const { migrationId, subscriptionId } = row;
  await transact(ctx, "migrations.run", (tx) =>
    tx.migratedSubscriber.update({
      where: { migrationId_subscriptionId: { migrationId, subscriptionId } },
      data: {
        ...outcome,
        reason: outcome.reason ?? null,
        settledAt: ctx.now(),
      },
    }),
  );
}

/** Tries what Stripe is asked. A no of its is this subscriber's alone and stops nobody else. */
export async function tryOn(ctx: Context, row: Row, act: () => Promise<Outcome>): Promise<void> {
  try {
    await keepOutcome(ctx, row, await act());
  } catch (error) {
    if (!isStripesNo(error)) throw error;
    await keepOutcome(ctx, row, { status: "failed", reason: messageOf(error) });
  }
}
