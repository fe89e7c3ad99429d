import type { Db } from "#lib/db/client";

const gatherMs = 3;
const due = new WeakSet<Db>();

/**
 * Tells the workers that something waits in the inbox. Said after the commit and once for all that
 * came within three milliseconds: a NOTIFY inside the transaction makes commits queue behind each
 * other, which halved the rate. One that is lost with its process is made up for by their poll.
 */
export function announce(db: Db): void {
  if (due.has(db)) return;
  due.add(db);
  setTimeout(() => {
    due.delete(db);
    db.pool.query("select pg_notify('inbox', '')").catch(() => {});
  }, gatherMs).unref();
}
