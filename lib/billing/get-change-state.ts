import { changeUnderWay } from "#lib/billing/change";
import { findUnsettled } from "#lib/billing/change-standing";
import { type ChangeView, toChange } from "#lib/billing/change-view";
import { liveStatuses } from "#lib/billing/subscription";
import type { Interval } from "#lib/catalog/plan";
import type { Tx } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

export type ChangeState = {
  /** Being made, or waiting for its payment. */
  underWay: ChangeView | null;
  /** Planned for the period's end. */
  scheduled: ChangeView | null;
  /** When a pause is over by itself. */
  resumesAt: Date | null;
  /** What the workspace had before, where it has nothing now: one step brings it back. */
  former: FormerPlan | null;
};
export type FormerPlan = {
  plan: string;
  planName: string;
  interval: Interval;
  currency: string;
  seats: number;
  endedAt: Date | null;
};

/** What is going on with a tenant's plan beside what it is. */
export async function getChangeState(ctx: TenantContext): Promise<ChangeState> {
  requirePermission(ctx, "billing:read");

  return view(ctx, async (tx) => {
    const { tenantId } = ctx;
    const underWay = await findUnsettled(tx, tenantId, changeUnderWay);
    const scheduled = await findUnsettled(tx, tenantId, ["scheduled"]);
    const pause = await tx.subscriptionChange.findFirst({
      where: { tenantId, kind: "pause", status: "applied", resumesAt: { not: null } },
      orderBy: { createdAt: "desc" },
    });
    return {
      underWay: underWay && toChange(underWay),
      scheduled: scheduled && toChange(scheduled),
      resumesAt: pause?.resumesAt ?? null,
      former: await readFormer(tx, tenantId),
    };
  });
}

async function readFormer(tx: Tx, tenantId: string): Promise<FormerPlan | null> {
  const newest = await tx.subscription.findFirst({
    where: { tenantId },
    orderBy: { createdAt: "desc" },
    include: { version: { include: { plan: true } } },
  });
  const version = newest?.version;
  if (!newest || !version || (liveStatuses as readonly string[]).includes(newest.status)) {
    return null;
  }
  const ended = (newest.object as { ended_at?: number | null }).ended_at ?? null;
  return {
    ...{ plan: version.plan.key, planName: version.plan.name, currency: newest.currency },
    ...{ interval: newest.interval as Interval, seats: newest.seats ?? 1 },
    endedAt: ended === null ? null : new Date(ended * 1000),
  };
}
