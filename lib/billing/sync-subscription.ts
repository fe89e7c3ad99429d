import { mailBillingPeople } from "#lib/billing/mail-billing-people";
import { findTenantOf } from "#lib/billing/store";
import type { Tx } from "#lib/db/client";
import type { Prisma } from "#lib/db/generated/client";
import type { Converger, Fact } from "#lib/events/converger";
import type { StripeSubscription } from "#lib/stripe/objects";
import { idOf, instantFrom } from "#lib/stripe/objects";

/** Keeps the mirror of a subscription, and says when it became active, fell behind or ended. */
export const syncSubscription: Converger<StripeSubscription> = {
  of: "platform",
  action: "billing.sync-subscription",
  fetch: (gateway, id) => gateway.findSubscription(id),
  instantOf: async (tx, id) => {
    const row = await tx.subscription.findUnique({ where: { id }, select: { instant: true } });
    return row?.instant ?? null;
  },
  apply: async (tx, { object, instant }) => {
    const { id, metadata, customer_account: account } = object;
    const tenant = await findTenantOf(tx, { account, metadata });
    if (!tenant) return undefined;

    const row = {
      ...(await readItems(tx, object)),
      ...mirror(object),
      tenantId: tenant.id,
      instant,
    };
    const { count } = await tx.subscription.updateMany({
      where: { id, instant: { lte: instant } },
      data: row,
    });
    const { count: added } = count
      ? { count }
      : await tx.subscription.createMany({ data: [{ id, ...row }], skipDuplicates: true });
    if (!added) return [];

    const isTheirs = account !== null && account === tenant.stripeAccountId;
    if (isTheirs && !tenant.stripeCustomerId) await learnCustomer(tx, tenant.id, object);
    return factsOf(object, tenant.id, row.versionId);
  },
  effects: {
    "subscription.active": async (tx, fact, ctx) => {
      const versionId = String(fact.data.versionId ?? "");
      const version = await tx.planVersion.findUnique({
        where: { id: versionId },
        include: { plan: true },
      });
      if (!version) return;
      await mailBillingPeople(tx, ctx, fact, ({ tenant, path }) => ({
        template: "plan-active",
        data: { tenant, plan: version.plan.name, path: `${path}/billing` },
      }));
    },
  },
};

function mirror(object: StripeSubscription) {
  return {
    status: object.status,
    currency: object.currency,
    cancelAt: object.cancel_at === null ? null : instantFrom(object.cancel_at),
    createdAt: instantFrom(object.created),
    object: object as unknown as Prisma.InputJsonObject,
  };
}

/** What the items say: the prices name the version, the seat price counts, periods are theirs. */
async function readItems(tx: Tx, { items }: StripeSubscription) {
  const prices = await tx.price.findMany({
    where: { stripePriceId: { in: items.data.map(({ price }) => price.id) } },
    include: { component: true },
  });
  const seatPrice = prices.find(({ component }) => component.kind === "seat");
  const seatItem = items.data.find(({ price }) => price.id === seatPrice?.stripePriceId);
  const ends = items.data.map((item) => item.current_period_end);
  return {
    versionId: prices[0]?.component.versionId ?? null,
    seats: seatItem?.quantity ?? null,
    interval: items.data[0]?.price.recurring?.interval ?? "month",
    currentPeriodEnd: ends.length ? instantFrom(Math.min(...ends)) : null,
  };
}

/** A few calls of Stripe's take only a customer's id; it is first told here. */
async function learnCustomer(tx: Tx, tenantId: string, object: StripeSubscription): Promise<void> {
  const customerId = idOf(object.customer);
  if (!customerId || customerId.startsWith("acct_")) return;
  await tx.tenant.updateMany({
    where: { id: tenantId, stripeCustomerId: null },
    data: { stripeCustomerId: customerId },
  });
}

function factsOf(object: StripeSubscription, tenantId: string, versionId: string | null): Fact[] {
  const { id, status, latest_invoice: invoice } = object;
  const fact = (kind: string, reference: string): Fact[] => {
    return [{ kind, reference, tenantId, data: { status, versionId } }];
  };
  if (status === "active" || status === "trialing") {
    return fact("subscription.active", `subscription:${id}:active`);
  }
  if (status === "past_due") {
    return fact("subscription.past_due", `subscription:${id}:past_due:${idOf(invoice) ?? ""}`);
  }
  if (status === "canceled") return fact("subscription.canceled", `subscription:${id}:canceled`);
  return [];
}
