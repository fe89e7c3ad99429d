import type { DraftInput } from "#lib/catalog/input";
import type { DraftProblem } from "#lib/catalog/problem";
import { findDraft, problemsOf, refuseProblems } from "#lib/catalog/store";
import { featureRows, writeComponents } from "#lib/catalog/write-parts";
import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** The draft as it is now, and what still keeps it from being published. */
export type SavedDraft = { revision: number; problems: DraftProblem[] };

/**
 * Replaces all a draft says. What is no price is refused, what is not yet whole may wait. Of two
 * people who read the same revision the first is kept and the second is told.
 */
export async function saveDraft(
  ctx: PlatformContext,
  { versionId, revision, ...content }: DraftInput & { versionId: string },
): Promise<SavedDraft> {
  requirePlatform(ctx, "plans:update");

  return transact(ctx, "catalog.save-draft", async (tx) => {
    const draft = await findDraft(tx, versionId);
    const problems = await problemsOf(tx, draft, content);
    refuseProblems(problems.filter(({ blocks }) => blocks === "save"));

    const { features, trialDays, trialNeedsCard, components } = content;
    await takeRevision(tx, { versionId, revision });
    await tx.planVersion.update({
      where: { id: versionId },
      data: { trialDays, trialNeedsCard, features: featureRows(features) },
    });
    const place = { plan: draft.plan.key, version: draft.number, versionId };
    await writeComponents(tx, place, components);
    return { revision: revision + 1, problems };
  });
}

/** Moves the draft on from the revision that was read; no longer that one is a conflict. */
export async function takeRevision(
  tx: Tx,
  { versionId, revision }: { versionId: string; revision: number },
): Promise<void> {
  const { count } = await tx.planVersion.updateMany({
    where: { id: versionId, status: "draft", revision },
    data: { revision: revision + 1 },
  });
  if (count === 1) return;
  const message = "Someone else changed this draft since you opened it. Reload and look.";
  throw new Refusal("conflict", message, { field: "revision" });
}
