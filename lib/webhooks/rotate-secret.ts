import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { holdEndpoint } from "#lib/webhooks/find-endpoint";
import type { RotateSecretInput } from "#lib/webhooks/input";
import { type Listener, ownerOf, requireChanger } from "#lib/webhooks/owner";
import { addSecret } from "#lib/webhooks/secrets";
import { overlapMs } from "#lib/webhooks/signing";

/** Each signs every message, so there may not be many at once. */
const mostLive = 5;

/**
 * Gives an endpoint a new secret, which is in the answer and nowhere else. The old one signs for a
 * day more, so that receivers can change over; one that leaked can be ended at once.
 */
export async function rotateSecret(
  ctx: Listener,
  { endpointId, old }: RotateSecretInput & { endpointId: string },
): Promise<{ secret: string; oldEndsAt: Date }> {
  requireChanger(ctx);
  const now = ctx.now();
  const oldEndsAt = old === "end" ? now : new Date(now.getTime() + overlapMs);

  return transact(ctx, "webhooks.rotate-secret", async (tx) => {
    const { id } = await holdEndpoint(tx, ctx, endpointId);
    const live = { endpointId: id, OR: [{ endsAt: null }, { endsAt: { gt: now } }] };
    if (old === "keep" && (await tx.webhookSecret.count({ where: live })) >= mostLive) {
      const message = "Five secrets are valid already. End the old ones, or wait a day.";
      throw new Refusal("conflict", message);
    }
    await tx.webhookSecret.updateMany({
      where: { endpointId: id, ...(old === "keep" ? { endsAt: null } : live) },
      data: { endsAt: oldEndsAt },
    });
    const secret = await addSecret(tx, { endpointId: id, tenantId: ownerOf(ctx) }, now);
    return { secret, oldEndsAt };
  });
}
