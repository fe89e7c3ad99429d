import { quantityIn } from "#lib/billing/add-on";
import type { Interval, PublicPlan } from "#lib/catalog/plan";
import { isOffered, priceOf } from "#lib/catalog/price-of";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact, view } from "#lib/db/transaction";
import { findSubscribers, type Subscriber } from "#lib/migrations/find-subscribers";
import { lostDiscounts } from "#lib/migrations/follow-discounts";
import { readLastUsage, readUsageSoFar, type Used, usageFor } from "#lib/migrations/last-period";
import { waitsForRenewal } from "#lib/migrations/move-subscriber";
import {
  advanceMigration,
  findMigration,
  plansOf,
  type WholeMigration,
} from "#lib/migrations/store";
import { whyNot } from "#lib/migrations/why-not";
import { isCurrency } from "#lib/money/currency";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import { type LiveSubscription, mirroredSubscription } from "#lib/stripe/gateway-subscriptions";

const pageOf = 100;

/**
 * The dry run: for each subscriber what a period costs now and will cost, with the seats it has and
 * what it used in its last whole period; what its use so far comes to by either version; and what
 * somebody should know before it is moved. Begins anew where it was cut off.
 */
export async function countMigration(
  ctx: Context,
  { migrationId }: { migrationId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<void> {
  for (;;) {
    const migration = await view(ctx, (tx) => findMigration(tx, migrationId));
    if (migration.status !== "counting") return;
    const page = await view(ctx, (tx) => readPage(tx, migration));
    const lost = await readLost(ctx, gateway, migration, page.subscribers);
    const isDone = await transact(ctx, "migrations.count", async (tx) => {
      if (page.subscribers.length === 0) return advanceMigration(tx, migration, "count");
      await writePage(tx, migration, { ...page, lost }, ctx);
      return false;
    });
    if (isDone) return;
  }
}

type Page = { first: number; subscribers: LiveSubscriber[] };
type LiveSubscriber = Subscriber & { live: LiveSubscription };

async function readPage(tx: Tx, migration: WholeMigration): Promise<Page> {
  const last = await tx.migratedSubscriber.findFirst({
    where: { migrationId: migration.id },
    orderBy: { position: "desc" },
  });
  const page = { after: last?.subscriptionId ?? "", limit: pageOf };
  const found = await findSubscribers(tx, migration.fromVersion, page);
  const objects = await tx.subscription.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    select: { id: true, object: true },
  });
  const live = new Map(objects.map(({ id, object }) => [id, mirroredSubscription(object)]));
  const subscribers = found.map((one) => ({ ...one, live: live.get(one.id)! }));
  return { first: (last?.position ?? -1) + 1, subscribers };
}

/** What nobody could follow, of those who have something taken off. Stripe alone knows for what. */
async function readLost(
  ctx: Context,
  gateway: StripeGateway,
  migration: WholeMigration,
  subscribers: readonly LiveSubscriber[],
): Promise<Map<string, string[]>> {
  const lost = new Map<string, string[]>();
  for (const { id, live } of subscribers) {
    if (live.hasDiscount) lost.set(id, await lostDiscounts(ctx, gateway, migration, id));
  }
  return lost;
}

async function writePage(
  tx: Tx,
  migration: WholeMigration,
  { first, subscribers, lost }: Page & { lost: ReadonlyMap<string, string[]> },
  ctx: Context,
): Promise<void> {
  const plans = plansOf(migration);
  const components = [...plans.from.components, ...plans.to.components];
  const used = await readLastUsage(tx, subscribers, components, ctx.now());
  const soFar = await readUsageSoFar(tx, subscribers, components, ctx.now());
  await tx.migratedSubscriber.createMany({
    skipDuplicates: true,
    data: subscribers.map((subscriber, place) => ({
      ...{ migrationId: migration.id, position: first + place },
      ...dryRun(plans, { ...subscriber, times: timesOf(migration, subscriber) }, used[place]!),
      ...soFarOf(plans, subscriber, soFar[place]!),
      warnings: warningsOf(migration, subscriber.live, {
        lost: lost.get(subscriber.id) ?? [],
        now: ctx.now(),
      }),
    })),
  });
}

function timesOf({ fromVersion }: WholeMigration, { live }: LiveSubscriber): number {
  return fromVersion.plan.kind === "add_on" ? quantityIn(fromVersion, live.items) : 1;
}

function warningsOf(
  migration: WholeMigration,
  live: LiveSubscription,
  { lost, now }: { lost: readonly string[]; now: Date },
): string[] {
  const reason = whyNot(live, migration);
  if (reason) return [`${reason} As it stands it is left out.`];
  const trial =
    live.status === "trialing" ? ["It is on trial: nothing is charged for the move."] : [];
  const off = lost.map((name) => `Its discount ${name} is for other products and ends.`);
  const waits = migration.timing === "now" && waitsForRenewal(live, migration.fromVersion, now);
  const use = waits
    ? ["It has metered prices: it moves at its renewal, so that each use keeps its price."]
    : [];
  return [...trial, ...use, ...off];
}

/** What is used so far in the running period: the renewal bills it by one of the two. */
function soFarOf(plans: Plans, subscriber: Subscriber, used: Used) {
  return {
    soFarBeforeMinor: usageCostOf(plans.from, subscriber, used),
    soFarAfterMinor: usageCostOf(plans.to, subscriber, used),
  };
}

function usageCostOf(plan: PublicPlan, subscriber: Subscriber, used: Used): bigint | null {
  const components = plan.components.filter(({ kind }) => kind === "usage");
  return components.length === 0 ? null : costOf({ components }, subscriber, used);
}

type Plans = { from: PublicPlan; to: PublicPlan };

function dryRun(plans: Plans, subscriber: Subscriber & { times: number }, used: Used) {
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
  plan: Pick<PublicPlan, "components">,
  subscriber: Pick<Subscriber, "currency" | "interval" | "seats"> & { times?: number },
  used: Used,
): bigint | null {
  const { currency, interval, seats, times = 1 } = subscriber;
  if (!isCurrency(currency)) return null;
  const choice = { currency, interval: interval as Interval };
  if (!isOffered(plan, choice)) return null;
  const usage = usageFor(plan.components, used);
  return priceOf(plan, { ...choice, seats: seats ?? 1, usage, times }).total.minor;
}
