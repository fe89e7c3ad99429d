import { type VersionEvent, type VersionStatus, versionLifecycle } from "#lib/catalog/plan-version";
import { findPlan, findVersion } from "#lib/catalog/store";
import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { advance } from "#lib/lifecycle";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/**
 * Takes a published version off offer for good. Its subscribers stay on it and go on paying, so its
 * prices stay active at Stripe.
 */
export async function retireVersion(
  ctx: PlatformContext,
  { versionId }: { versionId: string },
): Promise<void> {
  requirePlatform(ctx, "plans:publish");

  await transact(ctx, "catalog.retire-version", async (tx) => {
    const version = await findVersion(tx, versionId);
    const status = advance<VersionStatus, VersionEvent>(
      versionLifecycle,
      "version",
      version.status,
      "retire",
    );
    const { count } = await tx.planVersion.updateMany({
      where: { id: versionId, status: version.status },
      data: { status, retiredAt: ctx.now() },
    });
    if (count === 0) throw new Refusal("conflict", "Someone else changed this version just now.");
  });
}

/** Takes a whole plan off offer. Its versions stay what they are, so it can be restored. */
export async function retirePlan(ctx: PlatformContext, input: { planId: string }): Promise<void> {
  requirePlatform(ctx, "plans:publish");
  await setRetired(ctx, input.planId, true);
}

/** Offers a retired plan again, as it was. */
export async function restorePlan(ctx: PlatformContext, input: { planId: string }): Promise<void> {
  requirePlatform(ctx, "plans:publish");
  await setRetired(ctx, input.planId, false);
}

async function setRetired(ctx: PlatformContext, planId: string, isRetired: boolean) {
  await transact(ctx, `catalog.${isRetired ? "retire" : "restore"}-plan`, async (tx) => {
    const { retiredAt } = await findPlan(tx, planId);
    if ((retiredAt !== null) === isRetired) return;
    await tx.plan.update({
      where: { id: planId },
      data: { retiredAt: isRetired ? ctx.now() : null },
    });
  });
}
