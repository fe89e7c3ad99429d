import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import type { Effects } from "#lib/events/converger";
import { nameOf } from "#lib/ledger-rules/claim";
import { postMirrors } from "#lib/ledger-rules/post-mirrors";
import type { StripeObjectType } from "#lib/stripe/object-types";

const atOnce = 500;

type Wait = { type: StripeObjectType; account: string; id: string; since: Date };

/**
 * Looks again at objects whose entries needed another that was not here. Those that still do
 * go on waiting; drawn by lot, none stands in the way of the others.
 */
export async function postWaiting(ctx: Context, effects: Effects): Promise<number> {
  return transact(ctx, "ledger.post-waiting", async (tx) => {
    const waits = await tx.$queryRaw<Wait[]>`
      delete from ledger_waits w using (
        select object_type, account, object_id from ledger_waits
        order by random() limit ${atOnce} for update skip locked
      ) due
      where w.object_type = due.object_type and w.account = due.account
        and w.object_id = due.object_id
      returning w.object_type as type, w.account, w.object_id as id, w.since`;
    const waited = new Map(waits.map((wait) => [nameOf(wait), wait.since]));
    let posted = 0;
    for (const type of new Set(waits.map((wait) => wait.type))) {
      const targets = waits.filter((wait) => wait.type === type);
      posted += await postMirrors(tx, ctx, type, targets, effects, waited);
    }
    return posted;
  });
}
