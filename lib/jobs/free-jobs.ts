import type { WorkerUtils } from "graphile-worker";

/** Longer than any job of ours takes; those that go on longer ask for themselves again. */
const abandonedMs = 15 * 60_000;

/**
 * Gives back the jobs whose worker died in the middle of them, and answers how many workers those
 * were. Every job may run twice and does its work once. The queue itself would wait four hours.
 */
export function freeJobs(queue: WorkerUtils, afterMs = abandonedMs): Promise<number> {
  return queue.withPgClient(async (client) => {
    const { rows } = await client.query<{ worker: string }>(
      `select distinct locked_by as worker from graphile_worker.jobs
        where locked_at < now() - make_interval(secs => $1) and locked_by is not null`,
      [afterMs / 1000],
    );
    if (rows.length > 0) await queue.forceUnlockWorkers(rows.map(({ worker }) => worker));
    return rows.length;
  });
}
