import type { VersionRow } from "#lib/catalog/read-version";
import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { followDiscounts } from "#lib/migrations/follow-discounts";
import { claim, type Outcome, type Row, tryOn } from "#lib/migrations/outcome";
import type { WholeMigration } from "#lib/migrations/store";
import { itemsOn, type Target, targetOf } from "#lib/migrations/target-items";
import { whyNot } from "#lib/migrations/why-not";
import { isStripesNo } from "#lib/stripe/ask";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { PhaseItem } from "#lib/stripe/gateway-schedules";
import type { LiveSubscription } from "#lib/stripe/gateway-subscriptions";

type Move = { ctx: Context; gateway: StripeGateway; migration: WholeMigration; row: Row };

/**
 * Leads one subscriber to the new version, as Stripe has it this moment: who ended, planned a
 * change of its own or is elsewhere by now is passed over with the reason.
 */
export async function moveSubscriber(
  ctx: Context,
  gateway: StripeGateway,
  migration: WholeMigration,
  found: Row,
): Promise<void> {
  const row = await claim(ctx, found, "moving");
  if (row.status !== "moving") return;
  await tryOn(ctx, row, async () => {
    const live = await gateway.readSubscription(row.subscriptionId);
    // What an earlier try of ours put there is no change of its own.
    const isScheduleOurs = row.tries > 1;
    const passed = live
      ? whyNot(live, migration, { isScheduleOurs })
      : "It does not exist at Stripe any more.";
    if (passed !== null || !live) return { status: "skipped", reason: passed ?? "" };
    const { fromVersion, toVersion } = migration;
    if (isOn(live, toVersion, fromVersion)) return { status: "moved" };
    const target = targetOf(live, fromVersion, toVersion);
    if (!target) return { status: "skipped", reason: "The new version is not sold so." };
    await keepItems(ctx, row, live);
    const move = { ctx, gateway, migration, row };
    const isNow = migration.timing === "now" && !waitsForRenewal(live, fromVersion, ctx.now());
    return isNow ? moveNow(move, live, target) : moveLater(move, live, target);
  });
}

/** True where it has the one version and nothing of the other: an earlier try got through. */
export function isOn(live: LiveSubscription, version: VersionRow, other: VersionRow): boolean {
  return itemsOn(live, version).length > 0 && itemsOn(live, other).length === 0;
}

/**
 * Use is billed at the end of its period by the price it was used under, so whoever has a metered
 * price changes at the renewal, whatever the migration's timing. A trial's use is not billed.
 */
export function waitsForRenewal(live: LiveSubscription, from: VersionRow, now: Date): boolean {
  if (live.trialEnd && live.trialEnd > now) return false;
  return itemsOn(live, from).some(({ kind }) => kind === "usage");
}

async function moveNow(
  { ctx, gateway, migration, row }: Move,
  live: LiveSubscription,
  { plan }: Target,
): Promise<Outcome> {
  const which = { subscriptionId: live.id, at: ctx.now() };
  const discounts = live.hasDiscount ? await followDiscounts(ctx, gateway, migration, which) : null;
  await gateway.changeItems({
    key: keyOf(row, "now"),
    subscriptionId: live.id,
    items: plan.items,
    ...(discounts && { discounts }),
    // A trial has nothing paid that could be counted.
    prorationAt: live.trialEnd && live.trialEnd > ctx.now() ? null : ctx.now(),
    ifUnpaid: "refuse",
  });
  return { status: "moved" };
}

async function moveLater(
  { ctx, gateway, migration, row }: Move,
  live: LiveSubscription,
  { items, rest }: Target,
): Promise<Outcome> {
  const at = new Date(Math.min(...live.items.map(({ periodEnd }) => periodEnd.getTime())));
  const which = { subscriptionId: live.id, at };
  const discounts = live.hasDiscount ? await followDiscounts(ctx, gateway, migration, which) : null;
  const scheduleId = await takeSchedule({ ctx, gateway, row }, live);
  try {
    const { effectiveAt } = await gateway.scheduleItems({
      key: keyOf(row, "phases"),
      scheduleId,
      items: [...items, ...rest].map(bare),
      ...(discounts && { discounts }),
      interval: row.interval === "year" ? "year" : "month",
    });
    return { status: "scheduled", scheduleId, effectiveAt };
  } catch (error) {
    // What Stripe will not plan is not left half planned.
    if (isStripesNo(error)) {
      await gateway.releaseSchedule({ scheduleId, key: keyOf(row, "release") });
    }
    throw error;
  }
}

/** The schedule an earlier try of ours made, or a new one. It is written down at once. */
async function takeSchedule(
  { ctx, gateway, row }: Omit<Move, "migration">,
  live: LiveSubscription,
): Promise<string> {
  const { migrationId, subscriptionId, tries } = row;
  if (live.scheduleId && live.scheduleId === row.scheduleId) return row.scheduleId;
  // Cut off before it was written down, the same words under that try's key are answered with it.
  const key = keyOf({ ...row, tries: live.scheduleId ? tries - 1 : tries }, "schedule");
  const { scheduleId } = await gateway.scheduleSubscription({ subscriptionId, key });
  await transact(ctx, "migrations.run", (tx) =>
    tx.migratedSubscriber.update({
      where: { migrationId_subscriptionId: { migrationId, subscriptionId } },
      data: { scheduleId },
    }),
  );
  return scheduleId;
}

export function keyOf({ migrationId, subscriptionId, tries }: Row, what: string): string {
  return `migration:${migrationId}:${subscriptionId}:${what}:${tries}`;
}

/** What it had is written down before it is changed; a later try finds it changed already. */
async function keepItems(ctx: Context, row: Row, live: LiveSubscription): Promise<void> {
  const { migrationId, subscriptionId, itemsBefore } = row;
  if (itemsBefore !== null) return;
  await transact(ctx, "migrations.run", (tx) =>
    tx.migratedSubscriber.update({
      where: { migrationId_subscriptionId: { migrationId, subscriptionId } },
      data: { itemsBefore: live.items.map(bare) },
    }),
  );
}

function bare({ priceId, quantity }: PhaseItem): PhaseItem {
  return { priceId, quantity };
}
