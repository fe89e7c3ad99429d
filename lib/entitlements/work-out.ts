import { quantityIn } from "#lib/billing/add-on";
import { liveStatuses } from "#lib/billing/subscription";
import { type Feature, freePlanKey } from "#lib/catalog/plan";
import type { Tx } from "#lib/db/client";
import { mergeFeatures, restrictedOf } from "#lib/entitlements/entitlement";
import { readGracePolicy } from "#lib/entitlements/grace-policy";
import { readSeatLimit } from "#lib/seats/decide-seats";
import { readSeatPolicy } from "#lib/seats/seat-policy";
import {
  idOf,
  instantFrom,
  type StripeInvoice,
  type StripeSubscription,
} from "#lib/stripe/objects";

const dayMs = 86_400_000;

/** Where a tenant stood when it was last worked out: an unchanged standing keeps its beginning. */
type Before = { subscriptionId: string | null; status: string; since: Date | null };

/** What a tenant may use, from its subscription, its plan and the rules, as they are now. */
export async function workOut(tx: Tx, tenantId: string, before: Before) {
  const subscription = await findNewest(tx, tenantId);
  const free = await readFree(tx);
  if (!subscription || !isGiving(subscription.status)) {
    return {
      ...nothing,
      ...{ planKey: free.key, planName: free.name, versionId: free.versionId },
      ...{ features: free.features, restricted: free.features },
      status: subscription?.status ?? "none",
      subscriptionId: subscription?.id ?? null,
      since: subscription?.instant ?? null,
    };
  }
  const { id, status, versionId, version } = subscription;
  const object = subscription.object as unknown as StripeSubscription;
  const had = await readFeatures(tx, object, versionId);
  // A plan that Stripe alone knows of gives no less than none.
  const features = versionId === null ? mergeFeatures([free.features, had]) : had;
  const isSame = before.subscriptionId === id && before.status === status;
  const since = (isSame && before.since) || (await findSince(tx, subscription));
  const { graceDays, keeps } = await readGracePolicy(tx, versionId);
  const isBehind = status === "past_due";
  const policy = await readSeatPolicy(tx, versionId);
  return {
    ...periodOf(object),
    ...{ subscriptionId: id, status, since, versionId, features },
    planKey: version?.plan.key ?? "",
    planName: version?.plan.name ?? "your plan",
    restricted: status === "paused" ? free.features : restrictedOf(features, free.features, keeps),
    graceUntil: isBehind ? new Date(since.getTime() + graceDays * dayMs) : null,
    seatLimit: await readSeatLimit(tx, versionId, policy),
    invoiceId: isBehind || status === "unpaid" ? idOf(object.latest_invoice) : null,
  };
}

const nothing = {
  ...{ graceUntil: null, seatLimit: null, periodStart: null, periodEnd: null },
  ...{ trialEndsAt: null, endsAt: null, invoiceId: null },
};

type Newest = NonNullable<Awaited<ReturnType<typeof findNewest>>>;

/** The live subscription, or the newest of those that ended. */
async function findNewest(tx: Tx, tenantId: string) {
  const rows = await tx.subscription.findMany({
    where: { tenantId },
    orderBy: { createdAt: "desc" },
    include: { version: { include: { plan: true } } },
    take: 20,
  });
  return rows.find(({ status }) => isGiving(status)) ?? rows[0] ?? null;
}

function isGiving(status: string): boolean {
  return (liveStatuses as readonly string[]).includes(status);
}

/** What everyone has without paying. */
async function readFree(tx: Tx) {
  const row = await tx.planVersion.findFirst({
    where: { status: "published", plan: { key: freePlanKey } },
    include: { plan: true },
    orderBy: { number: "desc" },
  });
  const features = (row?.features ?? []) as Feature[];
  const { key = freePlanKey, name = "Free" } = row?.plan ?? {};
  return { key, name, versionId: row?.id ?? null, features };
}

/** What the plan gives, and beside it every add-on whose price is among the items. */
async function readFeatures(
  tx: Tx,
  { items }: StripeSubscription,
  versionId: string | null,
): Promise<Feature[]> {
  const versions = await tx.planVersion.findMany({
    where: {
      OR: [
        { id: versionId ?? "" },
        {
          components: {
            some: {
              prices: { some: { stripePriceId: { in: items.data.map(({ price }) => price.id) } } },
            },
          },
        },
      ],
    },
    select: {
      ...{ id: true, features: true },
      components: {
        select: { kind: true, prices: { select: { stripePriceId: true } } },
      },
    },
    orderBy: { id: "asc" },
  });
  const had = items.data.map((one) => ({ priceId: one.price.id, quantity: one.quantity ?? null }));
  const base = versions.filter(({ id }) => id === versionId);
  const others = versions.filter(({ id }) => id !== versionId);
  return mergeFeatures([
    ...base.map(({ features }) => features as Feature[]),
    ...others.map((version) => timesOf(version.features as Feature[], quantityIn(version, had))),
  ]);
}

/** What an add-on gives that was bought several times. */
function timesOf(features: readonly Feature[], times: number): Feature[] {
  return features.map(({ limit, ...feature }) => ({
    ...feature,
    ...(limit !== undefined && { limit: limit * times }),
  }));
}

/** Since when a subscription stands as it does, by Stripe's clock. */
async function findSince(tx: Tx, subscription: Newest): Promise<Date> {
  const { id, status, instant } = subscription;
  const fact = await tx.fact.findFirst({
    where: { objectId: id, kind: `subscription.${status}` },
    orderBy: { at: "desc" },
    select: { at: true },
  });
  const told = fact?.at ?? instant;
  if (status !== "past_due") return told;
  // What Stripe answers when it is asked may be far newer than the event it was asked for.
  const missed = await findMissed(tx, subscription.object as unknown as StripeSubscription);
  return missed && missed > told ? missed : told;
}

/** No payment fails before its invoice is due; where that is not mirrored, before its period. */
async function findMissed(tx: Tx, object: StripeSubscription): Promise<Date | null> {
  const id = idOf(object.latest_invoice) ?? "";
  const row = await tx.stripeInvoice.findUnique({ where: { account_id: { account: "", id } } });
  const invoice = row?.object as unknown as StripeInvoice | undefined;
  const due = invoice?.due_date ?? invoice?.status_transitions.finalized_at;
  return due ? instantFrom(due) : periodOf(object).periodStart;
}

function periodOf({ items, trial_end: trialEnd, cancel_at: cancelAt }: StripeSubscription) {
  const starts = items.data.map((item) => item.current_period_start);
  const ends = items.data.map((item) => item.current_period_end);
  return {
    periodStart: starts.length > 0 ? instantFrom(Math.max(...starts)) : null,
    periodEnd: ends.length > 0 ? instantFrom(Math.min(...ends)) : null,
    trialEndsAt: trialEnd === null ? null : instantFrom(trialEnd),
    endsAt: cancelAt === null ? null : instantFrom(cancelAt),
  };
}
