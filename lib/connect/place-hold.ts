import type { HoldInput } from "#lib/connect/hold";
import { causeOfHold, keepHolds, lockHeldAccount } from "#lib/connect/keep-holds";
import { isOver } from "#lib/connect/status";
import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/**
 * Stops a tenant's payments, payouts or both, for a reason the tenant reads. Two admins at once
 * place two holds, and what is stopped goes on until both have ended; one request sent twice, by
 * its `key`, is one. Stripe is told by a job.
 */
export async function placeHold(
  ctx: PlatformContext,
  input: HoldInput & { tenantId: string; key?: string | undefined },
): Promise<{ id: string }> {
  requirePlatform(ctx, "connect:hold");
  const { tenantId, payments, payouts, reason, until = null, key = null } = input;
  const placedAt = ctx.now();
  if (until && until <= placedAt) {
    throw new Refusal("invalid", "It would end before it begins. Choose a later day.", {
      field: "until",
    });
  }

  return transact(ctx, "connect.place-hold", async (tx) => {
    const account = await lockHeldAccount(tx, tenantId);
    const made = key && (await tx.connectHold.findUnique({ where: { key } }));
    if (made) return { id: made.id };
    if (isOver(account.status)) {
      const what = `This account is ${account.status} at Stripe`;
      throw new Refusal("conflict", `${what}; nothing of it goes on here.`);
    }
    const hold = { id: newId("connectHold", placedAt), payments, payouts, reason, until };
    const by = { placedById: ctx.userId, placedAt };
    await tx.connectHold.create({ data: { ...hold, ...by, tenantId, key } });
    await keepHolds(tx, ctx, account, causeOfHold(hold));
    return { id: hold.id };
  });
}
