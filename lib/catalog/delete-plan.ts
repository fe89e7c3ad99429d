import { findPlan } from "#lib/catalog/store";
import { removeComponents } from "#lib/catalog/write-parts";
import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** Takes away a plan of which nothing was ever published. Another is retired instead. */
export async function deletePlan(
  ctx: PlatformContext,
  { planId }: { planId: string },
): Promise<void> {
  requirePlatform(ctx, "plans:update");

  await transact(ctx, "catalog.delete-plan", async (tx) => {
    await findPlan(tx, planId);
    const versions = await tx.planVersion.findMany({ where: { planId } });
    if (versions.some(({ status }) => status !== "draft")) {
      throw new Refusal("conflict", "This plan was published. Retire it instead.");
    }
    for (const { id } of versions) await removeComponents(tx, id);
    await tx.planVersion.deleteMany({ where: { planId } });
    await tx.plan.delete({ where: { id: planId } });
  });
}
