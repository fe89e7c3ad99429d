import { view } from "#lib/db/transaction";
import type { TenantContext } from "#lib/tenancy/context";
import type { StoredEvent } from "#lib/usage/event";

/**
 * What corrected events were when they were first sent, by key: whoever sends one again, because an
 * answer was lost, is told that it is known and not that it differs.
 */
export async function findOriginals(
  ctx: TenantContext,
  keys: readonly string[],
): Promise<Map<string, StoredEvent>> {
  if (keys.length === 0) return new Map();
  const corrections = await view(ctx, (tx) =>
    tx.usageCorrection.findMany({
      where: { tenantId: ctx.tenantId, eventKey: { in: [...keys] } },
      select: { eventKey: true, before: true },
    }),
  );
  const befores = corrections.map(
    ({ eventKey, before }) => [eventKey, before as StoredEvent] as const,
  );
  // Of many corrections the first is the one whose event had not been corrected before.
  return new Map(befores.filter(([, { corrected }]) => !corrected));
}
