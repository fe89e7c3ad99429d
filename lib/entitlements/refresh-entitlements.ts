import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { writeEntitlement } from "#lib/entitlements/write-entitlement";
import type { Effects } from "#lib/events/converger";
import { keepNew } from "#lib/events/write-batch";
import { enqueue } from "#lib/jobs/enqueue";

const batch = 500;

/** Brings one tenant's entitlements up to now, and has its systems told of what changed. */
export async function refreshEntitlements(
  ctx: Context,
  { tenantId }: { tenantId: string },
  effects: Effects,
): Promise<void> {
  await transact(ctx, "entitlements.refresh", async (tx) => {
    const fact = await writeEntitlement(tx, ctx, tenantId);
    if (!fact) return;
    const { now, traceId } = ctx;
    const seen = {
      ...{ id: tenantId, account: "", object: null, isDeleted: false, eventId: null },
      ...{ instant: now(), traceId },
    };
    const facts = await keepNew(tx, [{ seen, facts: [fact] }]);
    if (facts.length > 0) await effects(tx, facts, ctx);
  });
}

/**
 * Brings every tenant's up to now, some hundred at a time: after the rules or what is free changed,
 * and once a night, so that no row stays wrong whatever went by.
 */
export async function rebuildEntitlements(
  ctx: Context,
  { after = "" }: { after?: string | undefined },
  effects: Effects,
): Promise<void> {
  const rows = await view(ctx, (tx) =>
    tx.entitlement.findMany({
      where: { tenantId: { gt: after } },
      orderBy: { tenantId: "asc" },
      take: batch,
      select: { tenantId: true },
    }),
  );
  for (const row of rows) await refreshEntitlements(ctx, row, effects);
  const last = rows.at(-1);
  if (!last || rows.length < batch) return;
  await transact(ctx, "entitlements.rebuild", (tx) =>
    enqueue(tx, "entitlements.rebuild", { after: last.tenantId }),
  );
}

/** Has it told whose days of grace are over. What they may use changed by the clock already. */
export async function endGrace(ctx: Context, effects: Effects): Promise<void> {
  const rows = await view(
    ctx,
    (tx) => tx.$queryRaw<{ tenantId: string }[]>`
      select tenant_id as "tenantId" from entitlements
      where grace_until <= ${ctx.now()} and (changed_at is null or changed_at < grace_until)
      order by tenant_id limit ${batch}`,
  );
  for (const row of rows) await refreshEntitlements(ctx, row, effects);
}
