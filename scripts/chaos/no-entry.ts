import { transact } from "#lib/db/transaction";
import type { ObjectKey } from "#lib/events/converger";
import { claimedTypes } from "#lib/ledger-rules/claims";
import { postMirrors } from "#lib/ledger-rules/post-mirrors";
import { postWaiting } from "#lib/ledger-rules/post-waiting";
import type { Lane } from "#scripts/chaos/lane";
import type { Fault } from "#scripts/chaos/verify";

/**
 * Whatever an object says has happened is in the books once its convergence is done: asked for
 * again, nothing is new. What waited for another object is looked at first, as the clock would.
 */
export async function whatHasNoEntry(
  { system, effects }: Lane,
  live: readonly { type: string; key: ObjectKey }[],
): Promise<Fault[]> {
  await postWaiting(system, effects);
  const faults: Fault[] = [];
  for (const type of claimedTypes) {
    const targets = live.flatMap((one) => (one.type === type ? [one.key] : []));
    const posted = await transact(system, "chaos.verify-ledger", (tx) =>
      postMirrors(tx, system, type, targets, effects),
    );
    const words = `${posted} entries of ${targets.length} such objects were not posted`;
    if (posted > 0) faults.push({ kind: "missing fact", about: type, words });
  }
  return faults;
}
