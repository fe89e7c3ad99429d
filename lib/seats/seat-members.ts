import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { newId } from "#lib/ids";
import { countTaken } from "#lib/seats/pool";
import { readSeatPolicy } from "#lib/seats/seat-policy";

type Room = { tenantId: string; versionId: string | null; seats: number };

/**
 * Gives the seats of a plan that has just begun to the longest-standing members, where the rules
 * say so. The pool's lock is held.
 */
export async function seatMembers(tx: Tx, ctx: Context, room: Room): Promise<void> {
  const { tenantId, versionId, seats } = room;
  const { seatsJoiners } = await readSeatPolicy(tx, versionId);
  const free = seats - (await countTaken(tx, tenantId));
  if (!seatsJoiners || free <= 0) return;
  const members = await tx.member.findMany({
    where: { tenantId, seat: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: free,
    select: { id: true },
  });
  await tx.seatAssignment.createMany({
    data: members.map(({ id: memberId }) => ({
      id: newId("seatAssignment", ctx.now()),
      ...{ tenantId, memberId, createdAt: ctx.now() },
    })),
  });
}
