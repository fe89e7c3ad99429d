import { noteForeignSwaps } from "#lib/billing/note-foreign-swap";
import { subscriptionFacts } from "#lib/billing/subscription-facts";
import type { Tx } from "#lib/db/client";
import { upsertRows } from "#lib/db/upsert-rows";
import { actAs } from "#lib/events/act-as";
import { type Fact, keyOf, type Owned } from "#lib/events/converger";
import { enqueueAll } from "#lib/jobs/enqueue";
import { adoptCustomer } from "#lib/mirror/adopt-customer";
import type { StripeSubscription } from "#lib/stripe/objects";
import { idOf, instantFrom } from "#lib/stripe/objects";

type Ours = Owned<StripeSubscription> & { tenantId: string };

const columns = {
  ...{ id: "text", tenant_id: "text", version_id: "text", status: "text", seats: "integer" },
  ...{ currency: "text", interval: "text", current_period_end: "timestamptz" },
  ...{ cancel_at: "timestamptz", created_at: "timestamptz", instant: "timestamptz" },
  ...{ object: "jsonb" },
};

/** Keeps what tenants subscribe to, and says when it became active, fell behind or ended. */
export async function projectSubscriptions(
  tx: Tx,
  seen: readonly Owned<StripeSubscription>[],
): Promise<Map<string, Fact[]>> {
  const ours = seen.filter((one): one is Ours => one.tenantId !== null);
  if (ours.length === 0) return new Map();

  const read = await readPrices(tx, ours);
  const rows = ours.map((one) => ({ one, row: { ...rowOf(one), ...itemsOf(one.object, read) } }));
  await noteForeignSwaps(tx, ours);
  const kept = { key: ["id"] };
  await upsertRows(
    tx,
    "subscriptions",
    columns,
    kept,
    rows.map(({ row }) => row),
  );
  for (const one of ours) await learnCustomer(tx, one);
  await wakeChanges(tx, ours);
  return new Map(rows.map(({ one, row }) => [keyOf(one), subscriptionFacts(one, row.version_id)]));
}

function rowOf({ id, tenantId, instant, object }: Ours) {
  return {
    ...{ id, tenant_id: tenantId, instant, object },
    status: object.status,
    currency: object.currency,
    cancel_at: object.cancel_at === null ? null : instantFrom(object.cancel_at),
    created_at: instantFrom(object.created),
  };
}

type Prices = Map<string, { versionId: string; isSeat: boolean; isBase: boolean }>;

async function readPrices(tx: Tx, ours: readonly Ours[]): Promise<Prices> {
  const ids = ours.flatMap(({ object }) => object.items.data.map(({ price }) => price.id));
  const prices = await tx.price.findMany({
    where: { stripePriceId: { in: [...new Set(ids)] } },
    include: { component: { include: { version: { include: { plan: true } } } } },
  });
  return new Map(
    prices.map(({ stripePriceId, component: { versionId, kind, version } }) => {
      const isBase = version.plan.kind === "base";
      return [stripePriceId!, { versionId, isSeat: kind === "seat", isBase }];
    }),
  );
}

/**
 * What the items say: the prices of the plan name the version and count the seats, whatever is
 * bought beside it; periods are theirs.
 */
function itemsOf({ items }: StripeSubscription, prices: Prices) {
  const known = items.data.map((item) => prices.get(item.price.id));
  const seatItem = items.data.find((item) => isPlanSeat(prices.get(item.price.id)));
  const ends = items.data.map((item) => item.current_period_end);
  return {
    version_id: known.find((price) => price?.isBase)?.versionId ?? null,
    seats: seatItem?.quantity ?? null,
    interval: items.data[0]?.price.recurring?.interval ?? "month",
    current_period_end: ends.length ? instantFrom(Math.min(...ends)) : null,
  };
}

function isPlanSeat(price: { isSeat: boolean; isBase: boolean } | undefined): boolean {
  return Boolean(price?.isSeat && price.isBase);
}

/** A few calls of Stripe's take only a customer's id; it is first told here. */
async function learnCustomer(tx: Tx, { tenantId, object, traceId }: Ours): Promise<void> {
  const customerId = idOf(object.customer);
  if (!customerId || customerId.startsWith("acct_") || !object.customer_account) return;
  const unknown = {
    ...{ id: tenantId, stripeAccountId: object.customer_account, stripeCustomerId: null },
  };
  if ((await tx.tenant.count({ where: unknown })) === 0) return;
  await actAs(tx, "billing.learn-customer", traceId);
  await tx.tenant.updateMany({ where: unknown, data: { stripeCustomerId: customerId } });
  await adoptCustomer(tx, customerId, tenantId);
}

/** A change that waits for its payment or its day may have come about: Stripe is asked by a job. */
async function wakeChanges(tx: Tx, ours: readonly Ours[]): Promise<void> {
  const waiting = await tx.subscriptionChange.findMany({
    where: {
      subscriptionId: { in: ours.map(({ id }) => id) },
      status: { in: ["awaiting_payment", "scheduled"] },
    },
    select: { id: true },
  });
  await enqueueAll(
    tx,
    waiting.map(({ id }) => {
      return { name: "billing.settle-change", payload: { changeId: id }, key: `change:${id}` };
    }),
  );
}
