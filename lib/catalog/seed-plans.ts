import type { DraftPlan } from "#lib/catalog/draft-plan";
import { draftPlan } from "#lib/catalog/draft-plan";
import { beginPublishing } from "#lib/catalog/publish-version";
import { startingPlans } from "#lib/catalog/starting-plans";
import type { Context } from "#lib/context";

/** Drafts the plans a platform begins with and has them published. Plans that exist stay. */
export async function seedPlans(
  ctx: Context,
  plans: readonly DraftPlan[] = startingPlans,
): Promise<{ versionIds: string[] }> {
  const versionIds: string[] = [];
  for (const plan of plans) {
    const drafted = await draftPlan(ctx, plan);
    if (!drafted) continue;
    await beginPublishing(ctx, drafted);
    versionIds.push(drafted.versionId);
  }
  return { versionIds };
}
