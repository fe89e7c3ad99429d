import { randomBytes } from "node:crypto";
import { openDb } from "#lib/db/client";
import { logger } from "#lib/log";
import { doorSecrets, openDoors } from "#scripts/chaos/doors";
import { hardStop } from "#scripts/chaos/hard-stop";
import type { Addresses } from "#scripts/chaos/lane";
import { sign } from "#scripts/chaos/post-office";
import { rowsOf } from "#scripts/chaos/rows";
import { systemContext } from "#scripts/system-context";

const senders = 32;
const loadMs = 700;

/**
 * Stops PostgreSQL hard while 32 senders deliver as fast as they are answered, several times, and
 * counts what was acknowledged and is not there afterwards. Where it is not durable it may
 * acknowledge what it has not written yet, which is what must be seen to be lost.
 */
export async function loseUnderLoad(
  { appUrl, superUrl }: Addresses,
  { isDurable, stops }: { isDurable: boolean; stops: number },
): Promise<{ acknowledged: number; lost: number; stops: number }> {
  if (!isDurable) {
    await rowsOf(superUrl, "alter system set synchronous_commit = off");
    await rowsOf(superUrl, "alter system set wal_writer_delay = '10s'");
    await rowsOf(superUrl, "select pg_reload_conf()");
  }
  logger.level = "silent"; // What is not taken while PostgreSQL is down is no news.
  const db = openDb(appUrl, 16);
  const doors = await openDoors(db, systemContext(db, "chaos"));
  const acknowledged: string[] = [];
  try {
    for (let stop = 0; stop < stops; stop += 1) {
      let isOver = false;
      const send = async (): Promise<void> => {
        while (!isOver) {
          const { id, ...knock } = letter();
          if ((await doors.route(knock, 0)) === 200) acknowledged.push(id);
        }
      };
      const sending = Array.from({ length: senders }, send);
      await new Promise((resolve) => setTimeout(resolve, loadMs));
      const start = await hardStop(superUrl);
      isOver = true;
      await Promise.all(sending);
      await start();
    }
    const rows = await rowsOf<{ id: string }>(superUrl, "select id from inbox_events");
    const stored = new Set(rows.map(({ id }) => id));
    const lost = acknowledged.filter((id) => !stored.has(id)).length;
    return { acknowledged: acknowledged.length, lost, stops };
  } finally {
    doors.close();
    await db.close();
  }
}

/** An event of a customer of its own. */
function letter() {
  const name = randomBytes(8).toString("hex");
  const id = `evt_${name}`;
  const body = JSON.stringify({
    ...{ id, object: "event", type: "customer.updated", livemode: false, api_version: null },
    created: Math.floor(Date.now() / 1000),
    data: { object: { id: `cus_${name}`, object: "customer", name } },
  });
  const signature = sign(body, doorSecrets.account, Math.floor(Date.now() / 1000));
  return { id, endpoint: "account" as const, body, signature };
}
