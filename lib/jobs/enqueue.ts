import type { Tx } from "#lib/db/client";
import type { JobName, JobPayloads } from "#lib/jobs/contract";

/**
 * Queues a job inside the transaction of the decision it follows from: both commit or neither.
 * Jobs of one `key` that have not started yet are one job.
 */
export async function enqueue<Name extends JobName>(
  tx: Tx,
  name: Name,
  payload: JobPayloads[Name],
  options: { key?: string; runAt?: Date; attempts?: number } = {},
): Promise<void> {
  // app.enqueue is the only door to the queue the app's role has.
  await tx.$executeRaw`select app.enqueue(
    ${name}, ${JSON.stringify(payload)}::json, ${options.key ?? null},
    ${options.runAt ?? null}::timestamptz, ${options.attempts ?? 12}::integer)`;
}
