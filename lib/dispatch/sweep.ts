import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";

const dayMs = 86_400_000;

/**
 * Takes away what is of no use to anyone: secrets and sessions long expired, invitations nobody can
 * accept any more, counters that ran out.
 */
export async function sweep(ctx: Context): Promise<void> {
  const now = ctx.now();
  const weekAgo = new Date(now.getTime() - 7 * dayMs);
  const monthAgo = new Date(now.getTime() - 30 * dayMs);
  await transact(ctx, "tenancy.sweep", async (tx) => {
    await tx.token.deleteMany({ where: { expiresAt: { lt: weekAgo } } });
    await tx.session.deleteMany({ where: { expiresAt: { lt: monthAgo } } });
    await tx.invitation.updateMany({
      where: { status: "pending", expiresAt: { lt: monthAgo } },
      data: { status: "revoked" },
    });
    // Their times are the database's, which is real time where the clock here is moved.
    await tx.$executeRaw`delete from idempotent_requests where expires_at < clock_timestamp()`;
    await tx.rateLimit.deleteMany({ where: { expire: { lt: BigInt(now.getTime()) } } });
  });
}
