import { knownBases, requireOnce } from "#lib/catalog/create-plan";
import type { UpdatePlanInput } from "#lib/catalog/input";
import { findPlan } from "#lib/catalog/store";
import { transact } from "#lib/db/transaction";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** Changes what a plan is called and where it stands. Its key is in names at Stripe and stays. */
export async function updatePlan(
  ctx: PlatformContext,
  { planId, ...input }: UpdatePlanInput & { planId: string },
): Promise<void> {
  requirePlatform(ctx, "plans:update");

  await transact(ctx, "catalog.update-plan", async (tx) => {
    const { kind } = await findPlan(tx, planId);
    const { name, description, position, besidePlans, mostQuantity } = input;
    requireOnce(kind, mostQuantity ?? 1);
    await tx.plan.update({
      where: { id: planId },
      data: {
        ...(name !== undefined && { name }),
        ...(description !== undefined && { description }),
        ...(position !== undefined && { position }),
        ...(mostQuantity !== undefined && { mostQuantity }),
        ...(besidePlans && { besidePlans: await knownBases(tx, kind, besidePlans) }),
      },
    });
  });
}
