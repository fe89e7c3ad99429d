import { z } from "zod";
import { liveStatuses, type SubscriptionStatus } from "#lib/billing/subscription";
import { freePlanKey } from "#lib/catalog/plan";
import type { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export const tenantQuery = z.object({
  cursor: z.string().max(200).optional(),
  /** Part of a name or address, or an id of ours or Stripe's. */
  q: z.string().trim().max(100).optional(),
  /** A plan's key; "free" means no live subscription. */
  plan: z.string().max(50).optional(),
  status: z.enum(["active", "trialing", "past_due", "unpaid", "canceled", "none"]).optional(),
});
export type TenantQuery = z.infer<typeof tenantQuery>;

export type TenantRow = {
  id: string;
  slug: string;
  name: string;
  country: string;
  createdAt: Date;
  plan: { key: string; name: string };
  /** How the latest subscription stands; none where there never was one. */
  status: SubscriptionStatus | "none";
  seats: number | null;
  members: number;
  stripeAccountId: string | null;
};

/** Every tenant of the platform, newest first, one page at a time. */
export async function listTenants(
  ctx: PlatformContext,
  query: TenantQuery = {},
): Promise<Page<TenantRow>> {
  requirePlatform(ctx, "tenants:read");

  const rows = await view(ctx, (tx) =>
    tx.tenant.findMany({
      where: { AND: filtersOf(query) },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: pageSize + 1,
      include: {
        _count: { select: { members: true } },
        subscriptions: {
          orderBy: { createdAt: "desc" },
          take: 1,
          omit: { object: true },
          include: { version: { include: { plan: true } } },
        },
      },
    }),
  );
  const page = toPage(rows, pageSize, ({ createdAt, id }) => ({ at: createdAt, id }));
  return {
    ...page,
    rows: page.rows.map(({ subscriptions: [latest], _count, stripeCustomerId: _, ...tenant }) => {
      const status = (latest?.status ?? "none") as TenantRow["status"];
      const isLive = status !== "none" && liveStatuses.includes(status);
      const { key, name } = (isLive && latest?.version?.plan) || { key: freePlanKey, name: "Free" };
      const seats = isLive ? (latest?.seats ?? null) : null;
      return { ...tenant, plan: { key, name }, status, seats, members: _count.members };
    }),
  };
}

function filtersOf({ cursor, q, plan, status }: TenantQuery): Prisma.TenantWhereInput[] {
  const live = { status: { in: [...liveStatuses] } };
  const filters: Prisma.TenantWhereInput[] = [];
  if (q) {
    const text = { contains: q, mode: "insensitive" } as const;
    filters.push({
      OR: [
        { name: text },
        { slug: text },
        { id: q },
        { stripeAccountId: q },
        { stripeCustomerId: q },
      ],
    });
  }
  if (plan === freePlanKey) filters.push({ subscriptions: { none: live } });
  else if (plan)
    filters.push({ subscriptions: { some: { ...live, version: { plan: { key: plan } } } } });
  if (status === "none") filters.push({ subscriptions: { none: {} } });
  else if (status === "canceled") {
    filters.push({ subscriptions: { some: { status }, none: live } });
  } else if (status) filters.push({ subscriptions: { some: { status } } });
  if (cursor) {
    const { at, id } = decodeCursor(cursor);
    filters.push({ OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: id } }] });
  }
  return filters;
}
