import { type VersionRow, wholeVersion } from "#lib/catalog/read-version";
import { findVersion } from "#lib/catalog/store";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { Prisma } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { messageOf } from "#lib/errors";
import { type BackTest, emptyBackTest, plusPage } from "#lib/migrations/back-test";
import { priceRows } from "#lib/migrations/back-test-rows";
import { findSubscribers } from "#lib/migrations/find-subscribers";
import { namesOf } from "#lib/migrations/get-migration";
import { monthsBefore } from "#lib/migrations/last-period";
import { readBilledPeriods } from "#lib/migrations/read-billed-periods";

const pageOf = 200;

/**
 * Tries a version on every subscriber of its plan, a page after the other, and keeps sums and the
 * furthest rows alone: the memory it takes does not grow with the subscribers. Cut off, it begins
 * anew, as nothing but the figures comes of it.
 */
export async function runBackTest(ctx: Context, { runId }: { runId: string }): Promise<void> {
  const run = await view(ctx, (tx) => tx.backTestRun.findUnique({ where: { id: runId } }));
  if (run?.status !== "running") return;
  try {
    const result = await tryAll(ctx, run);
    await note(ctx, runId, { status: "finished", result: asJson(result), finishedAt: ctx.now() });
  } catch (error) {
    const failed = { status: "failed" as const, finishedAt: ctx.now() };
    await note(ctx, runId, { ...failed, error: messageOf(error) });
    throw error;
  }
}

type Run = { id: string; versionId: string; months: number; startedAt: Date };

async function tryAll(ctx: Context, run: Run): Promise<BackTest> {
  const { months, versionId } = run;
  const { version, sold } = await view(ctx, async (tx) => {
    const version = await findVersion(tx, versionId);
    return { version, sold: await versionsOf(tx, version) };
  });
  const since = monthsBefore(run.startedAt, months);
  let result = emptyBackTest(months);
  let done = 0;
  for (const one of sold) {
    for (let after = ""; ; ) {
      const page = await view(ctx, (tx) => tryPage(tx, { version, sold, one, after, since }));
      if (page.count === 0) break;
      after = page.last;
      done += page.count;
      result = plusPage(result, page);
      await note(ctx, run.id, { done });
    }
  }
  const names = await view(ctx, (tx) =>
    namesOf(
      tx,
      result.rows.map(({ tenantId }) => tenantId),
    ),
  );
  const rows = result.rows.map((row) => ({ ...row, tenantName: names.get(row.tenantId) ?? "" }));
  return { ...result, rows };
}

/** Every version of the plan that somebody may be on. */
export function versionsOf(tx: Tx, { planId }: VersionRow): Promise<VersionRow[]> {
  return tx.planVersion.findMany({
    where: { planId, status: { in: ["published", "retired"] } },
    include: wholeVersion,
    orderBy: { number: "asc" },
  });
}

type Where = {
  version: VersionRow;
  sold: readonly VersionRow[];
  one: VersionRow;
  after: string;
  since: Date;
};

async function tryPage(tx: Tx, { version, sold, one, after, since }: Where) {
  const found = await findSubscribers(tx, one, { after, limit: pageOf });
  const tenantIds = found.map(({ tenantId }) => tenantId);
  const periods = await readBilledPeriods(tx, sold, tenantIds, since);
  const rows = priceRows(version, periods);
  const billed = new Set(periods.map(({ tenantId }) => tenantId)).size;
  const count = found.length;
  return { count, last: found.at(-1)?.id ?? "", billed, periods: periods.length, rows };
}

type Note = Pick<Prisma.BackTestRunUpdateManyMutationInput, "done" | "status" | "result"> &
  Pick<Prisma.BackTestRunUpdateManyMutationInput, "error" | "finishedAt">;

async function note(ctx: Context, id: string, data: Note): Promise<void> {
  await transact(ctx, "migrations.back-test", (tx) =>
    tx.backTestRun.updateMany({ where: { id, status: "running" }, data }),
  );
}

function asJson(result: BackTest): Prisma.InputJsonValue {
  const text = JSON.stringify(result, (_key, part) =>
    typeof part === "bigint" ? part.toString() : part,
  );
  return JSON.parse(text) as Prisma.InputJsonValue;
}
