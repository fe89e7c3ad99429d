import { type InvoiceSummary, toInvoice } from "#lib/billing/invoice";
import { findCurrentSubscription, findUnderWay } from "#lib/billing/store";
import { type SubscriptionView, toSubscription } from "#lib/billing/subscription";
import { freePlanKey } from "#lib/catalog/plan";
import type { Tx } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import { type Activity, readActivity } from "#lib/overview/activity";
import { type Need, needsOf } from "#lib/overview/needs";
import { countTaken } from "#lib/seats/pool";
import type { TenantContext } from "#lib/tenancy/context";
import { mayInTenant, requirePermission, type TenantRole } from "#lib/tenancy/permissions";

export type TenantOverview = {
  name: string;
  /** What asks for someone's attention, most urgent first. Empty is good news. */
  needs: Need[];
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
      }),
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
