import { type HoldView, readHolds } from "#lib/connect/read-holds";
import {
  type CapabilityState,
  type Requirement,
  standingOf,
  type V2Account,
} from "#lib/connect/standing";
import type { ConnectStatus } from "#lib/connect/status";
import type { Tx } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import type { Stake } from "#lib/overview/attention";
import { readVolumes } from "#lib/overview/read-volumes";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export type TenantConnect = {
  accountId: string;
  profile: string;
  status: ConnectStatus;
  since: Date;
  activeAt: Date | null;
  dueAt: Date | null;
  requirements: Requirement[];
  capabilities: CapabilityState[];
  timeline: { id: string; to: ConnectStatus; cause: string; at: Date }[];
  holds: HoldView[];
  paymentsHeld: boolean;
  payoutsHeld: boolean;
  /** Whether Stripe does by now what the holds say: it does, it will, or why it would not. */
  atStripe: { state: "known" | "pending" | "refused"; error: string | null };
  /** What customers paid in thirty days, and what the platform took of all it ever took. */
  volume: Stake[];
  fees: Stake[];
  payouts: TenantPayout[];
  openDisputes: number;
};
type TenantPayout = {
  id: string;
  status: string;
  amount: Stake;
  arrivesAt: Date | null;
  failureCode: string | null;
};

/** How a tenant takes money, as the platform sees it; null where it has not begun. */
export async function getTenantConnect(
  ctx: PlatformContext,
  tenantId: string,
): Promise<TenantConnect | null> {
  requirePlatform(ctx, "tenants:read");

  return view(ctx, async (tx) => {
    const account = await tx.connectedAccount.findUnique({ where: { tenantId } });
    if (!account) return null;
    const { accountId, profile, status, since, activeAt, dueAt } = account;
    const { paymentsHeld, payoutsHeld, holdsVersion, holdsApplied, holdsError } = account;
    const isKnown = holdsVersion === holdsApplied;
    const mirror = await tx.stripeV2Account.findUnique({
      where: { account_id: { account: "", id: accountId } },
      select: { object: true },
    });
    const isShown = mirror !== null && status !== "disconnected";
    const standing = isShown ? standingOf(mirror.object as unknown as V2Account) : null;
    const timeline = await tx.connectTransition.findMany({
      ...{ where: { tenantId }, orderBy: [{ at: "desc" }, { id: "desc" }], take: 20 },
      select: { id: true, to: true, cause: true, at: true },
    });
    const volumes = await readVolumes(tx, [tenantId], ctx.now());
    return {
      ...{ accountId, profile, status, since, activeAt, dueAt, paymentsHeld, payoutsHeld },
      ...{ requirements: standing?.requirements ?? [], timeline },
      capabilities: standing?.capabilities ?? [],
      holds: await readHolds(tx, tenantId),
      atStripe: {
        state: holdsError ? "refused" : isKnown ? "known" : "pending",
        error: holdsError,
      },
      volume: volumes.get(tenantId) ?? [],
      ...(await readMoney(tx, tenantId, accountId)),
    };
  });
}

async function readMoney(tx: Tx, tenantId: string, account: string) {
  const fees = await tx.$queryRaw<Stake[]>`
    select currency, sum(coalesce(amount_minor, 0) - coalesce(amount_refunded_minor, 0))::bigint
      as minor
    from stripe_application_fees where tenant_id = ${tenantId} and payer = ${account}
      and not is_deleted and currency is not null
    group by currency order by minor desc`;
  const rows = await tx.stripePayout.findMany({
    ...{ where: { account, isDeleted: false }, orderBy: [{ createdAt: "desc" }, { id: "desc" }] },
    take: 5,
    omit: { object: true },
  });
  const openDisputes = await tx.stripeDispute.count({
    where: {
      ...{ tenantId, isDeleted: false },
      status: { in: ["needs_response", "warning_needs_response"] },
    },
  });
  const payouts = rows.map(({ id, status, amountMinor, currency, arrivesAt, failureCode }) => ({
    ...{ id, arrivesAt, failureCode, status: status ?? "" },
    amount: { minor: amountMinor ?? 0n, currency: currency ?? "" },
  }));
  return { fees, payouts, openDisputes };
}
