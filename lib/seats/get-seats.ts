import type { Tx } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import type { Money } from "#lib/money/money";
import { readSeatLimit, whyNoMore } from "#lib/seats/decide-seats";
import { isPending, type Pool, readPool } from "#lib/seats/pool";
import { differenceOf, readSeatTerms } from "#lib/seats/price-seats";
import { overUntil } from "#lib/seats/release-seats";
import { readSeatPolicy, type SeatBilling } from "#lib/seats/seat-policy";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

export type SeatHolder = {
  assignmentId: string;
  memberId: string | null;
  invitationId: string | null;
  /** Null where a rule gave the seat. */
  assignedById: string | null;
  since: Date;
};

export type Seats = {
  bought: number;
  taken: number;
  /** Never below zero; `over` says how many are too many. */
  left: number;
  over: number;
  /** When the newest lose their seats, where fewer are bought than taken. */
  overUntil: Date | null;
  /** The most there may be; null is no limit. */
  limit: number | null;
  billing: SeatBilling;
  interval: "month" | "year";
  /** What one more costs each period; null where the plan is not one of ours. */
  oneMore: Money | null;
  /** Why none can be added now; null where one can. */
  whyNoMore: string | null;
  /** Stripe has not been told of the latest change yet. */
  isPending: boolean;
  holders: SeatHolder[];
};

/** Who has a seat, and how many are bought. Null where the tenant's plan is not sold by seats. */
export async function getSeats(ctx: TenantContext): Promise<Seats | null> {
  requirePermission(ctx, "members:read");

  return view(ctx, async (tx) => {
    const pool = await readPool(tx, ctx.tenantId);
    return pool && readSeats(tx, pool);
  });
}

async function readSeats(tx: Tx, pool: Pool): Promise<Seats> {
  const { tenantId, seats: bought, sync } = pool;
  const policy = await readSeatPolicy(tx, pool.versionId);
  const limit = await readSeatLimit(tx, pool.versionId, policy);
  const terms = await readSeatTerms(tx, pool.subscriptionId);
  const { status } = await tx.subscription.findUniqueOrThrow({
    where: { id: pool.subscriptionId },
    select: { status: true },
  });
  const rows = await tx.seatAssignment.findMany({
    where: { tenantId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const taken = rows.length;
  const isFull = limit !== null && bought >= limit;
  return {
    ...{ bought, taken, limit, billing: policy.billing, interval: terms?.interval ?? "month" },
    left: Math.max(0, bought - taken),
    over: Math.max(0, taken - bought),
    overUntil: taken > bought ? overUntil(sync.overSince, policy) : null,
    oneMore: terms && differenceOf(terms, bought, bought + 1),
    whyNoMore: isFull ? `This plan has at most ${limit} seats.` : whyNoMore(status),
    isPending: isPending(pool) && policy.billing !== "true_up",
    holders: rows.map(({ id, memberId, invitationId, assignedById, createdAt }) => {
      return { assignmentId: id, memberId, invitationId, assignedById, since: createdAt };
    }),
  };
}
