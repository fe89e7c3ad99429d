import type { Db } from "#lib/db/client";

const gatherMs = 5;
// A word that need not outlive a crash, so its commit does not wait for the disk.
const say = `with hasty as materialized (select set_config('synchronous_commit', 'off', true))
  select pg_notify('inbox', '') from hasty`;
const due = new WeakSet<Db>();

/**
 * Tells the workers that something waits in the inbox. Said after the commit and once for all that
 * came within five milliseconds: a NOTIFY inside the transaction makes commits queue behind each
 * other, which halved the rate. One that is lost with its process is made up for by their poll.
 */
export function announce(db: Db): void {
  if (due.has(db)) return;
  due.add(db);
  setTimeout(() => {
    due.delete(db);
    db.pool.query({ name: "announce", text: say }).catch(() => {});
  }, gatherMs).unref();
}
