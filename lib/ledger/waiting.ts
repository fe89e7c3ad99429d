import { Prisma } from "#lib/db/generated/client";

/**
 * Moves `m` that wait to be folded, of rows `u`. Each is looked up by its key: the planner knows
 * nothing of a table that is emptied as fast as it is filled, and would read every move there is.
 */
export const waiting = Prisma.sql`ledger_unfolded u cross join lateral unnest(u.entries) entry
  cross join lateral (select * from ledger_moves w where w.entry_id = entry offset 0) m`;
