import type { VersionStatus } from "#lib/catalog/plan-version";
import { type PublishingView, toPublishing } from "#lib/catalog/publishing";
import { findVersion } from "#lib/catalog/store";
import type { Tx } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** How far a version's newest run at Stripe is; null where there was none. */
export async function getPublishing(
  ctx: PlatformContext,
  { versionId }: { versionId: string },
): Promise<{ status: VersionStatus; publishing: PublishingView | null }> {
  requirePlatform(ctx, "plans:read");

  return view(ctx, async (tx) => {
    const { status } = await findVersion(tx, versionId);
    return { status, publishing: await findPublishing(tx, versionId) };
  });
}

/** A version's newest run at Stripe, or null. */
export async function findPublishing(tx: Tx, versionId: string): Promise<PublishingView | null> {
  const newest = await tx.publishing.findFirst({
    where: { versionId },
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
  });
  return newest && toPublishing(newest);
}
