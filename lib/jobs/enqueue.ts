import type { Tx } from "#lib/db/client";
import type { JobName, JobPayloads } from "#lib/jobs/contract";

type Options = { key?: string; runAt?: Date; attempts?: number };
export type NewJob<Name extends JobName> = { name: Name; payload: JobPayloads[Name] } & Options;

/**
 * Queues a job inside the transaction of the decision it follows from: both commit or neither.
 * Jobs of one `key` that have not started yet are one job.
 */
export function enqueue<Name extends JobName>(
  tx: Tx,
  name: Name,
  payload: JobPayloads[Name],
  options: Options = {},
): Promise<void> {
  return enqueueAll(tx, [{ name, payload, ...options }]);
}

/** Queues many in one query, in their order. */
export async function enqueueAll<Name extends JobName>(
  tx: Tx,
  jobs: readonly NewJob<Name>[],
): Promise<void> {
  if (jobs.length === 0) return;
  // app.enqueue is the only door to the queue the app's role has.
  await tx.$executeRaw`
    select app.enqueue(j.name, j.payload, j.key, j."runAt", coalesce(j.attempts, 12))
    from json_to_recordset(${JSON.stringify(jobs)}::json)
      as j (name text, payload json, key text, "runAt" timestamptz, attempts integer)`;
}
