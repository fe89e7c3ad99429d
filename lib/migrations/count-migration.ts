import type { Interval, PublicPlan } from "#lib/catalog/plan";
import { isOffered, priceOf } from "#lib/catalog/price-of";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact, view } from "#lib/db/transaction";
import { findSubscribers, type Subscriber } from "#lib/migrations/find-subscribers";
import { readLastUsage, type Used, usageFor } from "#lib/migrations/last-period";
import {
  advanceMigration,
  findMigration,
  plansOf,
  type WholeMigration,
} from "#lib/migrations/store";
import { isCurrency } from "#lib/money/currency";

const pageOf = 100;

/**
 * The dry run: for each subscriber what a period costs now and will cost, with the seats it has and
 * what it used in its last whole period. Begins anew where it was cut off.
 */
export async function countMigration(
  ctx: Context,
  { migrationId }: { migrationId: string },
): Promise<void> {
  for (;;) {
    const migration = await view(ctx, (tx) => findMigration(tx, migrationId));
    if (migration.status !== "counting") return;
    const isDone = await transact(ctx, "migrations.count", (tx) => countPage(tx, migration, ctx));
    if (isDone) return;
  }
}

async function countPage(tx: Tx, migration: WholeMigration, ctx: Context): Promise<boolean> {
  const last = await tx.migratedSubscriber.findFirst({
    where: { migrationId: migration.id },
    orderBy: { position: "desc" },
  });
  const page = { after: last?.subscriptionId ?? "", limit: pageOf };
  const subscribers = await findSubscribers(tx, migration.fromVersion, page);
  if (subscribers.length === 0) return advanceMigration(tx, migration, "count");

  const { from, to } = plansOf(migration);
  const components = [...from.components, ...to.components];
  const used = await readLastUsage(tx, subscribers, components, ctx.now());
  const first = (last?.position ?? -1) + 1;
  await tx.migratedSubscriber.createMany({
    skipDuplicates: true,
    data: subscribers.map((subscriber, place) => ({
      ...{ migrationId: migration.id, position: first + place },
      ...dryRun({ from, to }, subscriber, used[place]!),
    })),
  });
  return false;
}

function dryRun(plans: { from: PublicPlan; to: PublicPlan }, subscriber: Subscriber, used: Used) {
  const { id: subscriptionId, tenantId, currency, interval, seats } = subscriber;
  const afterMinor = costOf(plans.to, subscriber, used);
  const offer = `${currency.toUpperCase()} per ${interval}`;
  return {
    ...{ subscriptionId, tenantId, currency, interval, seats },
    usage: usageFor(plans.from.components, used),
    beforeMinor: costOf(plans.from, subscriber, used),
    afterMinor,
    status: afterMinor === null ? ("skipped" as const) : ("pending" as const),
    reason: afterMinor === null ? `The version to move to has no price in ${offer}.` : null,
  };
}

/** What a period of a plan costs with these seats and this usage; null where it is not offered. */
export function costOf(
  plan: PublicPlan,
  { currency, interval, seats }: Pick<Subscriber, "currency" | "interval" | "seats">,
  used: Used,
): bigint | null {
  if (!isCurrency(currency)) return null;
  const choice = { currency, interval: interval as Interval };
  if (!isOffered(plan, choice)) return null;
  const usage = usageFor(plan.components, used);
  return priceOf(plan, { ...choice, seats: seats ?? 1, usage }).total.minor;
}
