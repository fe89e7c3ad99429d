import type { Tx } from "#lib/db/client";
import { enqueue } from "#lib/jobs/enqueue";

/** What waits at one endpoint, and in which lane: what fails now must not hold up others. */
export type Waiting = { readonly endpointId: string; readonly isFailing: boolean };

/**
 * Asks for a turn of an endpoint: at once, or at an instant. Turns of one `key` that have not begun
 * are one. A turn that finds nothing due costs a query, so asking once too often is harmless.
 */
export async function askForTurn(
  tx: Tx,
  { endpointId, isFailing }: Waiting,
  options: { key?: string; runAt?: Date } = {},
): Promise<void> {
  const lane = isFailing ? "webhooks.send-failing" : "webhooks.send";
  await enqueue(tx, lane, { endpointId }, { ...options, attempts: 5 });
}
