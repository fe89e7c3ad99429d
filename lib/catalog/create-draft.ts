import type { CreateDraftInput } from "#lib/catalog/input";
import { contentOf, findPlan, findVersion } from "#lib/catalog/store";
import { featureRows, writeComponents } from "#lib/catalog/write-parts";
import { isUniqueViolation, transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** The next version of a plan as a draft: empty, or a copy of a version of any plan. */
export async function createDraft(
  ctx: PlatformContext,
  { planId, copyOf }: CreateDraftInput & { planId: string },
): Promise<{ versionId: string }> {
  requirePlatform(ctx, "plans:update");

  try {
    return await transact(ctx, "catalog.create-draft", async (tx) => {
      const plan = await findPlan(tx, planId);
      const content = copyOf ? contentOf(await findVersion(tx, copyOf)) : null;
      const last = await tx.planVersion.aggregate({ where: { planId }, _max: { number: true } });
      const number = (last._max.number ?? 0) + 1;
      const createdAt = ctx.now();
      const versionId = newId("planVersion", createdAt);
      await tx.planVersion.create({
        data: {
          ...{ id: versionId, planId, number, status: "draft", createdAt },
          trialDays: content?.trialDays ?? 0,
          trialNeedsCard: content?.trialNeedsCard ?? true,
          features: featureRows(content?.features ?? []),
        },
      });
      const place = { plan: plan.key, version: number, versionId };
      await writeComponents(tx, place, content?.components ?? []);
      return { versionId };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new Refusal("conflict", "Someone else made a draft just now. Reload and look.");
  }
}
