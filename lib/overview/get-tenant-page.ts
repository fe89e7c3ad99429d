import type { CancelReason } from "#lib/billing/cancel-offers";
import { type InvoiceSummary, toInvoice } from "#lib/billing/invoice";
import { type SubscriptionView, toSubscription } from "#lib/billing/subscription";
import type { Tx } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { type Activity, readActivity, readFacts } from "#lib/overview/activity";
import type { OverviewMember } from "#lib/overview/get-tenant-overview";
import type { PlatformContext } from "#lib/tenancy/context";
import { mayOnPlatform, requirePlatform } from "#lib/tenancy/permissions";

export type TenantPage = {
  id: string;
  slug: string;
  name: string;
  country: string;
  createdAt: Date;
  stripeAccountId: string | null;
  stripeCustomerId: string | null;
  members: OverviewMember[];
  /** The live one, or the latest that ended; null where there never was one. */
  subscription: (SubscriptionView & { plan: { key: string; name: string } | null }) | null;
  /** Why the plan was or is being ended, in our words and in theirs; null where nobody said. */
  leaving: { reason: CancelReason; comment: string | null; at: Date } | null;
  invoices: InvoiceSummary[];
  checkouts: { id: string; plan: string; status: string; seats: number; createdAt: Date }[];
  /** What Stripe reported, and what people did where the role may see the audit log. */
  timeline: Activity[];
};

/** One tenant as the platform sees it: people, subscription, money and what happened. */
export async function getTenantPage(ctx: PlatformContext, id: string): Promise<TenantPage> {
  requirePlatform(ctx, "tenants:read");
  const readTimeline = mayOnPlatform(ctx.platformRole, "audit:read") ? readActivity : readFacts;

  return view(ctx, async (tx) => {
    const tenant = await tx.tenant.findUnique({
      where: { id },
      include: {
        members: { orderBy: { createdAt: "asc" }, take: 50, include: { user: true } },
        invoices: { orderBy: { createdAt: "desc" }, take: 10, omit: { object: true } },
        checkouts: {
          orderBy: { createdAt: "desc" },
          take: 10,
          include: { version: { include: { plan: true } } },
        },
        subscriptions: {
          orderBy: { createdAt: "desc" },
          take: 1,
          omit: { object: true },
          include: { version: { include: { plan: true } } },
        },
      },
    });
    if (!tenant) throw new Refusal("not_found", "There is no such tenant.");

    const { members, invoices, checkouts, subscriptions, ...about } = tenant;
    const [latest] = subscriptions;
    const plan = latest?.version?.plan;
    return {
      ...about,
      members: members.map(({ id, role, user: { name, email } }) => ({ id, role, name, email })),
      subscription: latest
        ? { ...toSubscription(latest), plan: plan ? { key: plan.key, name: plan.name } : null }
        : null,
      leaving: latest ? await readLeaving(tx, latest) : null,
      invoices: invoices.map(toInvoice),
      checkouts: checkouts.map(({ id, status, seats, createdAt, version }) => {
        return { id, plan: version.plan.name, status, seats, createdAt };
      }),
      timeline: await readTimeline(tx, id, 50),
    };
  });
}

/** The latest word of a plan that ends or has ended. What was taken back since is no reason. */
async function readLeaving(
  tx: Tx,
  { id: subscriptionId, cancelAt, status }: { id: string; cancelAt: Date | null; status: string },
): Promise<TenantPage["leaving"]> {
  if (cancelAt === null && status !== "canceled") return null;
  const change = await tx.subscriptionChange.findFirst({
    where: { subscriptionId, kind: { in: ["cancel", "cancel_now"] }, status: "applied" },
    orderBy: { createdAt: "desc" },
    select: { reason: true, comment: true, createdAt: true },
  });
  if (!change?.reason) return null;
  const { reason, comment, createdAt: at } = change;
  return { reason: reason as CancelReason, comment, at };
}
