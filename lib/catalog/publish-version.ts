import { type VersionEvent, type VersionStatus, versionLifecycle } from "#lib/catalog/plan-version";
import type { VersionRow } from "#lib/catalog/read-version";
import { countSteps } from "#lib/catalog/run-publishing";
import { contentOf, findVersion, problemsOf, refuseProblems } from "#lib/catalog/store";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { enqueue } from "#lib/jobs/enqueue";
import { advance } from "#lib/lifecycle";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

type Input = { versionId: string; revision?: number | undefined };

/**
 * Puts a draft on offer. Stripe is told by the job, and the version is published when it knows.
 * With a revision, only what somebody has read is published. After a failure it goes on.
 */
export async function publishVersion(ctx: PlatformContext, input: Input): Promise<void> {
  requirePlatform(ctx, "plans:publish");
  await beginPublishing(ctx, input, ctx.userId);
}

/** Looks whether Stripe still has a published version as it was made, and repairs what it can. */
export async function compareVersion(
  ctx: PlatformContext,
  { versionId }: { versionId: string },
): Promise<void> {
  requirePlatform(ctx, "plans:publish");

  await transact(ctx, "catalog.compare-version", async (tx) => {
    const version = await findVersion(tx, versionId);
    if (version.status === "draft" || version.status === "publishing") {
      throw new Refusal("conflict", `This version is ${version.status}. Publish it first.`);
    }
    await startRun(ctx, tx, version, ctx.userId);
  });
}

/** The decision itself, for those who need no permission: the seed publishes what it drafts. */
export async function beginPublishing(
  ctx: Context,
  { versionId, revision }: Input,
  startedById: string | null = null,
): Promise<void> {
  await transact(ctx, "catalog.publish-version", async (tx) => {
    const version = await findVersion(tx, versionId);
    if (version.status !== "publishing") await leaveDraft(tx, version, revision);
    await startRun(ctx, tx, version, startedById);
  });
}

async function leaveDraft(tx: Tx, version: VersionRow, revision?: number): Promise<void> {
  const status = advance<VersionStatus, VersionEvent>(
    versionLifecycle,
    "version",
    version.status,
    "publish",
  );
  if (version.plan.retiredAt) {
    throw new Refusal("conflict", "The plan is retired. Restore it before you publish.");
  }
  refuseProblems(await problemsOf(tx, version, contentOf(version)));
  // A read between another's two writes would publish half of either.
  const { count } = await tx.planVersion.updateMany({
    where: { id: version.id, status: "draft", revision: revision ?? version.revision },
    data: { status },
  });
  if (count === 1) return;
  const message = "Someone else changed this version just now. Reload and look.";
  throw new Refusal("conflict", message, { field: "revision" });
}

/** At most one run per version: what is under way is only woken, in case its job gave up. */
async function startRun(
  ctx: Context,
  tx: Tx,
  version: VersionRow,
  startedById: string | null,
): Promise<void> {
  const { id: versionId } = version;
  const running = await tx.publishing.count({ where: { versionId, status: "running" } });
  if (running === 0) {
    const startedAt = ctx.now();
    const total = await countSteps(tx, version);
    const id = newId("publishing", startedAt);
    await tx.publishing.create({
      data: { id, versionId, status: "running", total, startedById, startedAt },
    });
  }
  await enqueue(tx, "catalog.publish-version", { versionId }, { key: `publish:${versionId}` });
}
