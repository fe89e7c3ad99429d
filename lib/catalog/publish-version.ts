import { type VersionEvent, type VersionStatus, versionLifecycle } from "#lib/catalog/plan-version";
import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { enqueue } from "#lib/jobs/enqueue";
import { advance } from "#lib/lifecycle";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** Puts a draft on offer. Stripe is told by the job, and the version is published when it knows. */
export async function publishVersion(
  ctx: PlatformContext,
  input: { versionId: string },
): Promise<void> {
  requirePlatform(ctx, "plans:publish");
  await beginPublishing(ctx, input);
}

/** The decision itself, for those who need no permission: the seed publishes what it drafts. */
export async function beginPublishing(
  ctx: Context,
  { versionId }: { versionId: string },
): Promise<void> {
  await transact(ctx, "catalog.publish-version", async (tx) => {
    const version = await tx.planVersion.findUnique({ where: { id: versionId } });
    if (!version) throw new Refusal("not_found", "There is no such version.");
    const status = advance<VersionStatus, VersionEvent>(
      versionLifecycle,
      "version",
      version.status,
      "publish",
    );
    const { count } = await tx.planVersion.updateMany({
      where: { id: versionId, status: version.status },
      data: { status },
    });
    if (count === 0) throw new Refusal("conflict", "Someone else changed this version just now.");
    await enqueue(tx, "catalog.publish-version", { versionId }, { key: `publish:${versionId}` });
  });
}
