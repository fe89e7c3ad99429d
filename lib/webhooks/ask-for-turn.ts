import type { Tx } from "#lib/db/client";
import { enqueueAll, type NewJob } from "#lib/jobs/enqueue";

/** What waits at one endpoint, and in which lane: what fails now must not hold up others. */
export type Waiting = { readonly endpointId: string; readonly isFailing: boolean };
type When = { key?: string; runAt?: Date };

/**
 * Asks for a turn of an endpoint: at once, or at an instant. Turns of one `key` that have not begun
 * are one. A turn that finds nothing due costs a query, so asking once too often is harmless.
 */
export function askForTurn(tx: Tx, waiting: Waiting, when: When = {}): Promise<void> {
  return askForTurns(tx, [{ ...waiting, ...when }]);
}

/** The same of many endpoints, in one query. */
export async function askForTurns(tx: Tx, all: readonly (Waiting & When)[]): Promise<void> {
  await enqueueAll(tx, all.map(turnOf));
}

type Turn = NewJob<"webhooks.send" | "webhooks.send-failing">;

function turnOf({ endpointId, isFailing, ...when }: Waiting & When): Turn {
  const name = isFailing ? "webhooks.send-failing" : "webhooks.send";
  return { name, payload: { endpointId }, attempts: 5, ...when };
}
