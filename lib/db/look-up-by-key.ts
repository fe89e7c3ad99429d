import type { Tx } from "#lib/db/client";
import { queryPrepared } from "#lib/db/wire";

const lookUp = `select set_config('enable_hashjoin', 'off', true),
  set_config('enable_mergejoin', 'off', true)`;

/**
 * Has the joins that follow in this transaction look rows up by their keys, one by one. The planner
 * knows little of a list that is handed over and nothing of a table that is emptied as fast as it
 * is filled, so it would rather read a large table whole.
 */
export async function lookUpByKey(tx: Tx): Promise<void> {
  await queryPrepared(tx, lookUp, []);
}
