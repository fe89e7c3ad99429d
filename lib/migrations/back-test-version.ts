import type { BackTestQuery } from "#lib/catalog/input";
import { findVersion } from "#lib/catalog/store";
import type { BackTestRun } from "#lib/db/generated/client";
import { isUniqueViolation, transact, view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { enqueue } from "#lib/jobs/enqueue";
import type { BackTestAnswer, BackTestRunView } from "#lib/migrations/back-test";
import { countSubscribers } from "#lib/migrations/find-subscribers";
import { runBackTest, versionsOf } from "#lib/migrations/run-back-test";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** As many are tried while somebody waits; more of them are a job's. */
const mostAtOnce = 200;

/**
 * Tries a version, published or not, on what the plan's real subscribers were billed in the last
 * months: with the seats they paid for and what they used, priced by our rater.
 */
export async function backTestVersion(
  ctx: PlatformContext,
  { versionId, months }: BackTestQuery & { versionId: string },
  most = mostAtOnce,
): Promise<BackTestRunView> {
  requirePlatform(ctx, "plans:read");

  const run = await begin(ctx, { versionId, months });
  if (run.total <= most) await runBackTest(ctx, { runId: run.id });
  return view(ctx, async (tx) =>
    toRun(await tx.backTestRun.findUniqueOrThrow({ where: { id: run.id } })),
  );
}

/** The newest try of a version: how far it is, and what came of it. */
export async function getBackTest(
  ctx: PlatformContext,
  { versionId }: { versionId: string },
): Promise<BackTestRunView> {
  requirePlatform(ctx, "plans:read");

  return view(ctx, async (tx) => {
    const where = { versionId };
    const run = await tx.backTestRun.findFirst({ where, orderBy: { startedAt: "desc" } });
    if (!run) throw new Refusal("not_found", "This version was never tried. Begin a back-test.");
    return toRun(run);
  });
}

/** What is under way is not begun twice: whoever asks meanwhile is answered with it. */
async function begin(
  ctx: PlatformContext,
  { versionId, months }: BackTestQuery & { versionId: string },
): Promise<BackTestRun> {
  try {
    return await transact(ctx, "migrations.back-test", async (tx) => {
      const version = await findVersion(tx, versionId);
      const live = await tx.backTestRun.findFirst({ where: { versionId, status: "running" } });
      if (live) return live;
      let total = 0;
      for (const one of await versionsOf(tx, version)) total += await countSubscribers(tx, one);
      const startedAt = ctx.now();
      const id = newId("backTest", startedAt);
      await enqueue(tx, "migrations.back-test", { runId: id }, { key: `back-test:${id}` });
      return tx.backTestRun.create({
        data: {
          ...{ id, versionId, months, total, status: "running", startedAt },
          ...{ revision: version.revision, startedById: ctx.userId },
        },
      });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return view(ctx, (tx) =>
      tx.backTestRun.findFirstOrThrow({ where: { versionId }, orderBy: { startedAt: "desc" } }),
    );
  }
}

function toRun(run: BackTestRun): BackTestRunView {
  const { id, status, months, revision, done, total, error, startedAt, finishedAt } = run;
  return {
    ...{ id, status, months, revision, done, total, error, startedAt, finishedAt },
    result: run.result as BackTestAnswer | null,
  };
}
