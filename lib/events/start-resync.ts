import { isUniqueViolation, transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { enqueue } from "#lib/jobs/enqueue";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/**
 * Begins to compare everything Stripe has with our mirrors: one tenant's objects and those of its
 * account, or all there is. What differs is asked for again. One at a time of each.
 */
export async function startResync(
  ctx: PlatformContext,
  { tenantId }: { tenantId: string | null },
): Promise<{ id: string }> {
  requirePlatform(ctx, "events:replay");

  const id = newId("resyncRun");
  const now = ctx.now();
  try {
    await transact(ctx, "events.start-resync", async (tx) => {
      const accounts = await tx.tenant.count({
        where: { stripeAccountId: { not: null }, ...(tenantId && { id: tenantId }) },
      });
      if (tenantId && !(await tx.tenant.findUnique({ where: { id: tenantId } }))) {
        throw new Refusal("not_found", `No tenant has the id ${tenantId}; take it from its page.`, {
          field: "tenantId",
        });
      }
      await tx.resync.create({
        data: {
          ...{ id, onlyTenantId: tenantId, status: "running", startedById: ctx.userId },
          // The platform's own objects are walked too.
          ...{ startedAt: now, progressedAt: now, accounts: accounts + 1 },
        },
      });
      await enqueue(tx, "events.resync", { resyncId: id }, { key: `resync:${id}` });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new Refusal("conflict", "Such a comparison is under way already.");
  }
  return { id };
}

/** Ends one that runs, where it is. What it has asked for by then is still repaired. */
export async function stopResync(ctx: PlatformContext, { id }: { id: string }): Promise<void> {
  requirePlatform(ctx, "events:replay");

  await transact(ctx, "events.stop-resync", async (tx) => {
    const { count } = await tx.resync.updateMany({
      where: { id, status: "running" },
      data: { status: "stopped", finishedAt: ctx.now() },
    });
    if (count === 0) throw new Refusal("conflict", "This comparison does not run any more.");
  });
}
