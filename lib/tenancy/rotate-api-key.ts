import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { mostSecrets, stateOf } from "#lib/tenancy/api-key";
import type { RotateApiKeyInput } from "#lib/tenancy/api-key-input";
import type { TenantContext } from "#lib/tenancy/context";
import { addApiKeySecret } from "#lib/tenancy/create-api-key";
import { holdApiKey } from "#lib/tenancy/find-api-key";
import { requirePermission } from "#lib/tenancy/permissions";

const hourMs = 3_600_000;

/**
 * Gives a key a new secret, which is in the answer and nowhere else. The old one goes on for the
 * overlap, so that what uses it can change over; one that leaked is ended at once.
 */
export async function rotateApiKey(
  ctx: TenantContext,
  { keyId, overlapHours }: RotateApiKeyInput & { keyId: string },
): Promise<{ secret: string; oldEndsAt: Date }> {
  requirePermission(ctx, "keys:update");
  const now = ctx.now();
  const oldEndsAt = new Date(now.getTime() + overlapHours * hourMs);

  return transact(ctx, "tenancy.rotate-api-key", async (tx) => {
    const key = await holdApiKey(tx, ctx, keyId);
    if (stateOf(key, now) !== "active") {
      throw new Refusal("conflict", "This key is over. Make a new one.");
    }
    const live = { keyId, OR: [{ endsAt: null }, { endsAt: { gt: now } }] };
    const liveSecrets = await tx.apiKeySecret.count({ where: live });
    if (overlapHours > 0 && liveSecrets >= mostSecrets) {
      const message = `${mostSecrets} secrets of this key are valid already. End the old ones now.`;
      throw new Refusal("conflict", message, { field: "overlapHours" });
    }
    // Nothing that was to end sooner goes on for longer.
    await tx.apiKeySecret.updateMany({
      where: { keyId, OR: [{ endsAt: null }, { endsAt: { gt: oldEndsAt } }] },
      data: { endsAt: oldEndsAt },
    });
    const secret = await addApiKeySecret(tx, { tenantId: ctx.tenantId, keyId }, now);
    return { secret, oldEndsAt };
  });
}
