import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { enqueueAll } from "#lib/jobs/enqueue";

const gatherMs = 1_000;

/**
 * Asks for a reading of the balance transactions of accounts where money moved. One that is asked
 * for already is not asked for again; the check takes no lock, because transactions that ask for
 * one account would otherwise wait for each other's commit.
 */
export async function askForFeeding(
  tx: Tx,
  _ctx: Context,
  accounts: readonly string[],
): Promise<void> {
  if (accounts.length === 0) return;
  const wished = await tx.$queryRaw<{ account: string }[]>`
    insert into feed_wishes (account)
    select a from unnest(${[...accounts]}::text[]) a
    where not exists (select from feed_wishes w where w.account = a) returning account`;
  // The queue's time is the machine's, also where the clock is moved.
  const runAt = new Date(Date.now() + gatherMs);
  await enqueueAll(
    tx,
    wished.map(({ account }) => ({
      ...{ name: "ledger.feed" as const, payload: { account }, runAt },
    })),
  );
}
