import { raisedReference } from "#lib/alerts/raise-alert";
import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";
import { queueWebhooks } from "#lib/webhooks/queue-webhooks";

type Acknowledged = { id: string; note: string };

/**
 * Takes an alert on, with what was done about it, and tells the platform's endpoints. Of two who do
 * at once the second is told so.
 */
export async function acknowledgeAlert(
  ctx: PlatformContext,
  { id, note }: Acknowledged,
): Promise<void> {
  requirePlatform(ctx, "alerts:acknowledge");

  await transact(ctx, "alerts.acknowledge-alert", async (tx) => {
    const { count } = await tx.alert.updateMany({
      where: { id, acknowledgedAt: null },
      data: { acknowledgedAt: ctx.now(), acknowledgedById: ctx.userId, note },
    });
    if (count > 0) return tell(tx, ctx, { id, note });
    if (await tx.alert.findUnique({ where: { id } })) {
      throw new Refusal("conflict", "Somebody took this alert on already; open the list anew.");
    }
    throw new Refusal("not_found", "There is no such alert.");
  });
}

/** Whoever was told that it was raised; of what was only listed nobody was. */
async function tell(tx: Tx, ctx: PlatformContext, { id, note }: Acknowledged): Promise<void> {
  const raised = await tx.fact.findUnique({ where: { reference: raisedReference(id) } });
  if (!raised) return;
  const fact = {
    ...{ kind: "alert.acknowledged", reference: `alert:${id}:acknowledged`, tenantId: null },
    data: { ...(raised.data as Record<string, string>), acknowledgedById: ctx.userId, note },
  };
  await tx.fact.create({ data: { ...fact, objectId: id, at: ctx.now() } });
  await queueWebhooks(tx, ctx, [fact]);
}
