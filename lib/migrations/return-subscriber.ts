import type { Context } from "#lib/context";
import { isOn, keyOf } from "#lib/migrations/move-subscriber";
import { claim, type Outcome, type Row, tryOn } from "#lib/migrations/outcome";
import type { WholeMigration } from "#lib/migrations/store";
import { targetOf } from "#lib/migrations/target-items";
import type { StripeGateway } from "#lib/stripe/gateway";

/**
 * Leads one subscriber back. What is only planned is undone; who was moved changes back now, and
 * the time that was paid is counted. Who went elsewhere since is left there.
 */
export async function returnSubscriber(
  ctx: Context,
  gateway: StripeGateway,
  migration: WholeMigration,
  found: Row,
): Promise<void> {
  const row = await claim(ctx, found, "returning");
  if (row.status !== "returning") return;
  await tryOn(ctx, row, async (): Promise<Outcome> => {
    const live = await gateway.readSubscription(row.subscriptionId);
    if (!live) return { status: "skipped", reason: "It does not exist at Stripe any more." };
    const { fromVersion, toVersion } = migration;
    if (row.scheduleId && live.scheduleId === row.scheduleId) {
      const key = keyOf(row, "release");
      await gateway.releaseSchedule({ scheduleId: row.scheduleId, key });
    }
    if (isOn(live, fromVersion, toVersion)) return { status: "rolled_back" };
    const target = isOn(live, toVersion, fromVersion)
      ? targetOf(live, toVersion, fromVersion)
      : null;
    if (!target) return { status: "skipped", reason: "It is on another version by now." };
    await gateway.changeItems({
      key: keyOf(row, "back"),
      subscriptionId: live.id,
      items: target.plan.items,
      prorationAt: live.trialEnd && live.trialEnd > ctx.now() ? null : ctx.now(),
      ifUnpaid: "refuse",
    });
    return { status: "rolled_back" };
  });
}
