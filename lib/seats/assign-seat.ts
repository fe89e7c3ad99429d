import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { decideSeats } from "#lib/seats/decide-seats";
import type { AssignSeatInput } from "#lib/seats/input";
import { countTaken, lockPool, type Pool } from "#lib/seats/pool";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/**
 * Gives a member a seat, or keeps one for somebody invited. Where none is free it is refused, or
 * one more is bought if that was asked for. Of two who give away the last seat one is refused.
 */
export async function assignSeat(
  ctx: TenantContext,
  input: AssignSeatInput,
): Promise<{ assignmentId: string }> {
  requirePermission(ctx, "seats:assign");
  if (input.buy) requirePermission(ctx, "billing:update");

  return transact(ctx, "seats.assign-seat", async (tx) => {
    const pool = await requirePool(tx, ctx.tenantId);
    const holder = await findHolder(tx, ctx, input);
    if (holder.seat) return { assignmentId: holder.seat.id };

    await makeRoom(tx, ctx, pool, input);
    const { id } = await tx.seatAssignment.create({
      data: {
        id: newId("seatAssignment", ctx.now()),
        tenantId: ctx.tenantId,
        ...holder.of,
        assignedById: ctx.userId,
        createdAt: ctx.now(),
      },
    });
    return { assignmentId: id };
  });
}

/** The tenant's pool, or a refusal where its plan is not sold by seats. */
export async function requirePool(tx: Tx, tenantId: string): Promise<Pool> {
  const pool = await lockPool(tx, tenantId);
  if (pool) return pool;
  const message = "Your plan is not sold by seats: everyone in the workspace may use it.";
  throw new Refusal("conflict", message);
}

async function makeRoom(tx: Tx, ctx: TenantContext, pool: Pool, { buy }: AssignSeatInput) {
  const taken = await countTaken(tx, ctx.tenantId);
  if (taken < pool.seats) return;
  if (taken > pool.seats) {
    const message = `${taken} seats are taken and ${pool.seats} are paid for. Add or free some.`;
    throw new Refusal("conflict", message);
  }
  if (!buy) {
    const message = `All ${pool.seats} seats are taken. Free one, or add a seat.`;
    throw new Refusal("conflict", message);
  }
  requireUnchanged(pool, buy.from);
  await decideSeats(tx, ctx, pool, { seats: pool.seats + 1, asOf: buy.asOf });
}

/** Refuses a change that was thought of when there were another number of seats. */
export function requireUnchanged(pool: Pool, from: number | undefined): void {
  if (from === undefined || from === pool.seats) return;
  const message = `Somebody changed the seats to ${pool.seats} meanwhile. Look again, then decide.`;
  throw new Refusal("conflict", message);
}

type Holder = {
  of: { memberId: string } | { invitationId: string };
  seat: { id: string } | null;
};

async function findHolder(
  tx: Tx,
  ctx: TenantContext,
  { memberId, invitationId }: AssignSeatInput,
): Promise<Holder> {
  const { tenantId } = ctx;
  if (memberId) {
    // Held still, so that nobody who is being removed is given a seat.
    await tx.$queryRaw`select 1 from members where id = ${memberId} for key share`;
    const member = await tx.member.findFirst({
      where: { id: memberId, tenantId },
      include: { seat: true },
    });
    if (!member) throw new Refusal("not_found", "There is no such member.");
    return { of: { memberId }, seat: member.seat };
  }
  await tx.$queryRaw`select 1 from invitations where id = ${invitationId} for update`;
  const invitation = await tx.invitation.findFirst({
    where: { id: invitationId!, tenantId, status: "pending", expiresAt: { gt: ctx.now() } },
    include: { seat: true },
  });
  if (!invitation) {
    throw new Refusal("not_found", "There is no such open invitation. Send it again first.");
  }
  return { of: { invitationId: invitation.id }, seat: invitation.seat };
}
