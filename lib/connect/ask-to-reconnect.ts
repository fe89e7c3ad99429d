import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { enqueue } from "#lib/jobs/enqueue";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/**
 * Asks the platform to connect a disconnected account again: only it can offer Stripe's connection
 * link. Its people are told once for each time the account was disconnected.
 */
export async function askToReconnect(ctx: TenantContext): Promise<void> {
  requirePermission(ctx, "connect:onboard");
  const { tenantId, userId } = ctx;

  await transact(ctx, "connect.ask-to-reconnect", async (tx) => {
    const kept = await tx.connectedAccount.findUnique({ where: { tenantId } });
    if (kept?.status !== "disconnected") {
      throw new Refusal("conflict", "This workspace's account is not disconnected from us.");
    }
    const key = `connect.tell-reconnect:${kept.accountId}`;
    await enqueue(tx, "connect.tell-reconnect", { tenantId, askedById: userId }, { key });
  });
}
