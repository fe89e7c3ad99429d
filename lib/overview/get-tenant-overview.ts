import { findUnsettled } from "#lib/billing/change-standing";
import { type InvoiceSummary, toInvoice } from "#lib/billing/invoice";
import { findCurrentSubscription, findUnderWay } from "#lib/billing/store";
import { type SubscriptionView, toSubscription } from "#lib/billing/subscription";
import { freePlanKey } from "#lib/catalog/plan";
import { readPolicy } from "#lib/connect/read-policy";
import type { ConnectStatus } from "#lib/connect/status";
import type { Tx } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import { readWaiting } from "#lib/disputes/list-disputes";
import { type Activity, readActivity } from "#lib/overview/activity";
import type { ConnectState } from "#lib/overview/connect-needs";
import { type Need, needsOf, trialAsksDays } from "#lib/overview/needs";
import { countTaken, readPool } from "#lib/seats/pool";
import { overUntil } from "#lib/seats/release-seats";
import { readSeatPolicy } from "#lib/seats/seat-policy";
import { instantFrom, type StripeSubscription } from "#lib/stripe/objects";
import type { TenantContext } from "#lib/tenancy/context";
import { mayInTenant, requirePermission, type TenantRole } from "#lib/tenancy/permissions";

export type TenantOverview = {
  name: string;
  /** What asks for someone's attention, most urgent first. Empty is good news. */
  needs: Need[];
  /** Where it is on its way to taking payments; null where the role may not see it. */
  payments: ConnectStatus | null;
  plan: { key: string; name: string };
  /** Null on Free, and where the role may not see money. */
  subscription: SubscriptionView | null;
  /** `seated`: who has a seat, those kept for somebody invited among them. */
  members: { count: number; seated: number; pending: number; rows: OverviewMember[] };
  /** The latest five; null where the role may not see money. */
  invoices: InvoiceSummary[] | null;
  /** Null where the role may not see the audit log. */
  activity: Activity[] | null;
};
export type OverviewMember = { id: string; name: string; email: string; role: TenantRole };

/** The first page of a workspace: what needs you, then how everything stands. */
export async function getTenantOverview(ctx: TenantContext): Promise<TenantOverview> {
  requirePermission(ctx, "tenant:read");
  const seesMoney = mayInTenant(ctx.role, "billing:read");
  const seesPayments = mayInTenant(ctx.role, "connect:read");
  const seesAudit = mayInTenant(ctx.role, "audit:read");

  return view(ctx, async (tx) => {
    const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: ctx.tenantId } });
    const me = await tx.user.findUniqueOrThrow({ where: { id: ctx.userId } });
    const current = await findCurrentSubscription(tx, ctx.tenantId);
    const checkout = await findUnderWay(tx, ctx.tenantId);
    const invoices = seesMoney ? await latestInvoices(tx, ctx.tenantId) : null;
    const subscription = seesMoney && current ? toSubscription(current) : null;
    return {
      name: tenant.name,
      needs: needsOf({
        slug: ctx.tenantSlug,
        isVerified: me.emailVerifiedAt !== null,
        maySeeMoney: seesMoney,
        subscription,
        openInvoice: invoices?.find(({ status }) => status === "open") ?? null,
        checkout: checkout && {
          planName: checkout.version.plan.name,
          expiresAt: checkout.expiresAt,
        },
        unpaid: await findUnsettled(tx, ctx.tenantId, ["awaiting_payment"]),
        over: mayInTenant(ctx.role, "seats:assign") ? await readOver(tx, ctx.tenantId) : null,
        disputes: mayInTenant(ctx.role, "disputes:respond")
          ? await readWaiting(tx, ctx.tenantId)
          : null,
        connect: seesPayments ? await readConnect(tx, ctx) : null,
        trialEndsAt: await readTrialEnd(tx, subscription, ctx.now()),
      }),
      payments: seesPayments ? await readStatus(tx, ctx.tenantId) : null,
      plan: {
        key: current?.version?.plan.key ?? freePlanKey,
        name: current?.version?.plan.name ?? "Free",
      },
      subscription,
      members: await readMembers(tx, ctx.tenantId),
      invoices,
      activity: seesAudit ? await readActivity(tx, ctx.tenantId, 8) : null,
    };
  });
}

async function readConnect(tx: Tx, { tenantId, now }: TenantContext): Promise<ConnectState> {
  const account = await tx.connectedAccount.findUnique({ where: { tenantId } });
  return account && { account, policy: await readPolicy(tx), now: now() };
}

async function readStatus(tx: Tx, tenantId: string): Promise<ConnectStatus> {
  const kept = await tx.connectedAccount.findUnique({
    where: { tenantId },
    select: { status: true },
  });
  return kept?.status ?? "invited";
}

async function readOver(
  tx: Tx,
  tenantId: string,
): Promise<{ count: number; until: Date | null } | null> {
  const pool = await readPool(tx, tenantId);
  const count = pool ? (await countTaken(tx, tenantId)) - pool.seats : 0;
  if (!pool || count <= 0) return null;
  const policy = await readSeatPolicy(tx, pool.versionId);
  return { count, until: overUntil(pool.sync.overSince, policy) };
}

/** When a trial ends that runs, where that is soon. */
async function readTrialEnd(
  tx: Tx,
  subscription: SubscriptionView | null,
  now: Date,
): Promise<Date | null> {
  if (subscription?.status !== "trialing") return null;
  const { object } = await tx.subscription.findUniqueOrThrow({
    where: { id: subscription.id },
    select: { object: true },
  });
  const { trial_end: end } = object as unknown as StripeSubscription;
  const at = end === null ? null : instantFrom(end);
  return at && at.getTime() - now.getTime() <= trialAsksDays * 86_400_000 ? at : null;
}

async function latestInvoices(tx: Tx, tenantId: string): Promise<InvoiceSummary[]> {
  const rows = await tx.invoice.findMany({
    where: { tenantId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: 5,
    omit: { object: true },
  });
  return rows.map(toInvoice);
}

async function readMembers(tx: Tx, tenantId: string): Promise<TenantOverview["members"]> {
  const count = await tx.member.count({ where: { tenantId } });
  const seated = await countTaken(tx, tenantId);
  const pending = await tx.invitation.count({ where: { tenantId, status: "pending" } });
  const rows = await tx.member.findMany({
    where: { tenantId },
    orderBy: { createdAt: "asc" },
    take: 8,
    include: { user: { select: { name: true, email: true } } },
  });
  return {
    count,
    seated,
    pending,
    rows: rows.map(({ id, role, user }) => ({ id, role, ...user })),
  };
}
