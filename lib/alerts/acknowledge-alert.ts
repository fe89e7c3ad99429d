import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** Takes an alert on, with what was done about it. Of two who do at once the second is told. */
export async function acknowledgeAlert(
  ctx: PlatformContext,
  { id, note }: { id: string; note: string },
): Promise<void> {
  requirePlatform(ctx, "alerts:acknowledge");

  await transact(ctx, "alerts.acknowledge-alert", async (tx) => {
    const { count } = await tx.alert.updateMany({
      where: { id, acknowledgedAt: null },
      data: { acknowledgedAt: ctx.now(), acknowledgedById: ctx.userId, note },
    });
    if (count > 0) return;
    if (await tx.alert.findUnique({ where: { id } })) {
      throw new Refusal("conflict", "Somebody took this alert on already; open the list anew.");
    }
    throw new Refusal("not_found", "There is no such alert.");
  });
}
