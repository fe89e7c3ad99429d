import { takeRevision } from "#lib/catalog/save-draft";
import { findDraft } from "#lib/catalog/store";
import { removeComponents } from "#lib/catalog/write-parts";
import { transact } from "#lib/db/transaction";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** Takes away a draft as it was read; what somebody added since is not lost unseen. */
export async function deleteDraft(
  ctx: PlatformContext,
  { versionId, revision }: { versionId: string; revision: number },
): Promise<void> {
  requirePlatform(ctx, "plans:update");

  await transact(ctx, "catalog.delete-draft", async (tx) => {
    await findDraft(tx, versionId);
    await takeRevision(tx, { versionId, revision });
    await removeComponents(tx, versionId);
    await tx.planVersion.delete({ where: { id: versionId } });
  });
}
