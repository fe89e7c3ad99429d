import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import type { Effects } from "#lib/events/converger";
import { keepNew } from "#lib/events/write-batch";
import { asSystem } from "#lib/tenancy/as-system";

/** What a wish to be connected again is known by: one for each time it was disconnected. */
export function referenceOfWish({ accountId, since }: { accountId: string; since: Date }): string {
  return `account:${accountId}:reconnect:${since.toISOString()}`;
}

/** Tells the platform's people that a tenant wants to be connected again, once. */
export async function tellReconnect(
  ctx: Context,
  { tenantId, askedById }: { tenantId: string; askedById: string },
  effects: Effects,
): Promise<void> {
  const system = asSystem(ctx);
  await transact(system, "connect.tell-reconnect", async (tx) => {
    const kept = await tx.connectedAccount.findUnique({ where: { tenantId } });
    if (kept?.status !== "disconnected") return;
    const { accountId, profile } = kept;
    const seen = { id: accountId, account: "", object: null, isDeleted: false, eventId: null };
    const fact = {
      ...{ kind: "account.reconnect_asked", reference: referenceOfWish(kept), tenantId },
      data: { accountId, profile, askedById },
    };
    const found = { seen: { ...seen, instant: ctx.now(), traceId: ctx.traceId }, facts: [fact] };
    const facts = await keepNew(tx, [found]);
    if (facts.length > 0) await effects(tx, facts, ctx);
  });
}
