import type { ChangeChoice, ChangeRequest, Leaving, PlanTerms } from "#lib/billing/change";
import { liveStatuses } from "#lib/billing/subscription";
import type { Interval } from "#lib/catalog/plan";
import type { Tx } from "#lib/db/client";
import type { Prisma } from "#lib/db/generated/client";
import { actAs } from "#lib/events/act-as";
import { newId } from "#lib/ids";
import { enqueue } from "#lib/jobs/enqueue";
import { instantFrom, type StripeSubscription } from "#lib/stripe/objects";

/** A subscription as Stripe has it now, and whose it is. */
type Seen = { id: string; tenantId: string; instant: Date; traceId: string } & {
  object: StripeSubscription;
};

/**
 * Notes where a price of usage was left in the middle of its period by no change that was asked for
 * here: in Stripe's dashboard, or by a migration that went back. Stripe has no line that says so
 * where it knew of no usage yet, so it is kept as a change: usage until then is billed under the
 * price it was used under, however late it comes. Comes before the mirror is written, which says
 * what was there.
 */
export async function noteForeignSwaps(tx: Tx, seen: readonly Seen[]): Promise<void> {
  const rows = await tx.subscription.findMany({
    where: { id: { in: seen.map(({ id }) => id) }, status: { in: [...billed] } },
    select: { id: true, instant: true, object: true },
  });
  for (const row of rows) {
    const one = seen.find(({ id }) => id === row.id)!;
    const before = row.object as unknown as StripeSubscription;
    if (one.instant <= row.instant || !isBilled(one.object)) continue;
    const gone = goneFrom(before, one);
    const leaves = gone.length > 0 ? await unnoted(tx, one, await ofUsage(tx, gone)) : [];
    if (leaves.length > 0) await note(tx, before, one, leaves);
  }
}

/** On trial nothing of usage is billed, whoever changes what. */
const billed = liveStatuses.filter((status) => status !== "trialing" && status !== "paused");

function isBilled({ status }: StripeSubscription): boolean {
  return (billed as readonly string[]).includes(status);
}

/** Items whose price went within the period; with its end Stripe bills what was used. */
function goneFrom({ items }: StripeSubscription, { object, instant }: Seen): Leaving[] {
  const now = new Set(object.items.data.map(({ id, price }) => `${id} ${price.id}`));
  return items.data
    .filter(({ id, price }) => !now.has(`${id} ${price.id}`))
    .filter((item) => instant < instantFrom(item.current_period_end))
    .map(({ id: itemId, price, current_period_start: from }) => {
      return { itemId, priceId: price.id, from: instantFrom(from).toISOString() };
    });
}

async function ofUsage(tx: Tx, gone: readonly Leaving[]): Promise<Leaving[]> {
  const prices = await tx.price.findMany({
    where: {
      stripePriceId: { in: gone.map(({ priceId }) => priceId) },
      component: { kind: "usage" },
    },
    select: { stripePriceId: true },
  });
  return gone.filter(({ priceId: id }) => prices.some(({ stripePriceId }) => stripePriceId === id));
}

/** What no change of ours leaves; one that is being made counts. */
async function unnoted(tx: Tx, { id }: Seen, gone: readonly Leaving[]): Promise<Leaving[]> {
  const changes = await tx.subscriptionChange.findMany({
    where: { subscriptionId: id, status: { in: ["requested", "awaiting_payment", "applied"] } },
    select: { request: true },
    orderBy: { createdAt: "desc" },
    take: 20,
  });
  const ours = changes.flatMap(({ request }) => {
    const asked = request as ChangeRequest;
    return asked.call === "items" ? (asked.leaves ?? []) : [];
  });
  return gone.filter(({ itemId, priceId, from }) => {
    return !ours.some((one) => {
      const isSame = one.itemId === itemId && one.priceId === priceId;
      return isSame && Date.parse(one.from) >= Date.parse(from);
    });
  });
}

async function note(
  tx: Tx,
  before: StripeSubscription,
  { id: subscriptionId, tenantId, object, instant, traceId }: Seen,
  leaves: Leaving[],
): Promise<void> {
  const choice: ChangeChoice = {
    ...{ kind: "plan", timing: "now", why: "elsewhere" },
    from: await termsOf(tx, before),
    to: await termsOf(tx, object),
  };
  const request: ChangeRequest = {
    ...{ call: "items", items: [], target: [], releases: null, ifUnpaid: "refuse", leaves },
    prorationAt: instant.toISOString(),
  };
  const id = newId("subscriptionChange", instant);
  await actAs(tx, "billing.note-foreign-swap", traceId);
  await tx.subscriptionChange.create({
    data: {
      ...{ id, tenantId, subscriptionId, kind: "plan", status: "applied", traceId },
      choice: choice as unknown as Prisma.InputJsonValue,
      request: request as unknown as Prisma.InputJsonValue,
      ...{ createdAt: instant, settledAt: instant },
    },
  });
  await enqueue(tx, "usage.settle", { changeId: id }, { key: `usage.settle:${id}` });
}

/** What a subscription is by what we sell; by name alone where it is nothing of ours. */
async function termsOf(tx: Tx, { items, currency }: StripeSubscription): Promise<PlanTerms> {
  const ids = items.data.map(({ price }) => price.id);
  const versions = await tx.planVersion.findMany({
    where: {
      plan: { kind: "base" },
      components: { some: { prices: { some: { stripePriceId: { in: ids } } } } },
    },
    include: { plan: true },
    take: 1,
  });
  const [base] = versions;
  const [first] = items.data;
  return {
    planKey: base?.plan.key ?? "",
    planName: base?.plan.name ?? "A plan set up with Stripe directly",
    versionId: base?.id ?? "",
    interval: (first?.price.recurring?.interval ?? "month") as Interval,
    ...{ currency, seats: null, addOns: [] },
  };
}
