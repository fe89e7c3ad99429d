import type { PlanComponent } from "#lib/catalog/plan";
import type { Tx } from "#lib/db/client";
import type { Subscriber } from "#lib/migrations/find-subscribers";
import type { LiveSubscription } from "#lib/stripe/gateway-subscriptions";
import { type UsageOf, usageOfAll } from "#lib/usage/usage-so-far";

/** Units of a period by meter. */
export type Used = Readonly<Record<string, string>>;

/** What each subscriber used in its last whole period, by meter; in the order they are given. */
export async function readLastUsage(
  tx: Tx,
  subscribers: readonly Subscriber[],
  components: readonly PlanComponent[],
  now: Date,
): Promise<Used[]> {
  return readUsage(tx, subscribers, components, (subscriber) => lastPeriod(subscriber, now));
}

/** What each used so far in the period that runs now. */
export async function readUsageSoFar(
  tx: Tx,
  subscribers: readonly (Subscriber & { live: Pick<LiveSubscription, "items"> })[],
  components: readonly PlanComponent[],
  now: Date,
): Promise<Used[]> {
  return readUsage(tx, subscribers, components, ({ live: { items } }) => {
    return { from: new Date(Math.max(...items.map(({ periodStart }) => +periodStart))), to: now };
  });
}

async function readUsage<S extends Subscriber>(
  tx: Tx,
  subscribers: readonly S[],
  components: readonly PlanComponent[],
  periodOf: (subscriber: S) => { from: Date; to: Date },
): Promise<Used[]> {
  const meters = [...new Set(components.flatMap(({ meterKey }) => meterKey ?? []))];
  const wanted: UsageOf[] = subscribers.flatMap((subscriber) => {
    const { tenantId } = subscriber;
    const period = periodOf(subscriber);
    return meters.map((meterKey) => ({ tenantId, meterKey, ...period }));
  });
  const quantities = await usageOfAll(tx, wanted);
  return subscribers.map((_, place) =>
    Object.fromEntries(
      meters.map((meter, column) => [meter, quantities[place * meters.length + column] ?? "0"]),
    ),
  );
}

/** What was used by component, as the rater takes it. */
export function usageFor(components: readonly PlanComponent[], used: Used): Record<string, string> {
  return Object.fromEntries(
    components.flatMap(({ key, meterKey }) => (meterKey ? [[key, used[meterKey] ?? "0"]] : [])),
  );
}

/** The period before the one of now. Who has no whole one yet is measured by what there is. */
function lastPeriod({ currentPeriodEnd, interval, createdAt }: Subscriber, now: Date) {
  const months = interval === "year" ? 12 : 1;
  const end = currentPeriodEnd ?? now;
  const to = monthsBefore(end, months);
  if (to <= createdAt) return { from: createdAt, to: now };
  return { from: monthsBefore(end, 2 * months), to };
}

/** The same day so many months before, or the last of a shorter month. */
export function monthsBefore(at: Date, months: number): Date {
  const moved = new Date(at);
  moved.setUTCMonth(moved.getUTCMonth() - months);
  if (moved.getUTCDate() !== at.getUTCDate()) moved.setUTCDate(0);
  return moved;
}
