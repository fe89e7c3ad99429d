import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";

const dayMs = 86_400_000;

/** Deliveries are kept for longer than anything can be replayed, so that no fact is told anew. */
export const keptDays = 90;

/** Takes away deliveries and their tries once nobody can replay them, and secrets long ended. */
export async function sweepDeliveries(ctx: Context): Promise<void> {
  const before = new Date(ctx.now().getTime() - keptDays * dayMs);
  await transact(ctx, "webhooks.sweep", async (tx) => {
    await tx.$executeRaw`
      delete from webhook_deliveries d using webhook_endpoints e
      where d.endpoint_id = e.id and d.created_at < ${before} and d.status <> 'queued'`;
    await tx.webhookSecret.deleteMany({ where: { endsAt: { lt: before } } });
  });
}
