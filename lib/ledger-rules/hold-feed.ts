import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";

const overlapMs = 3_600_000;
/** As long as a page may take, and longer. */
const heldSeconds = 120;

/** A reading of an account's balance transactions: from when, and after which row it goes on. */
export type Reading = { since: Date | null; cursor: string | null; newestAt: Date | null };

/**
 * Begins a reading, or goes on with the one that was cut off; null while another reads the account.
 * It begins an hour before what is known, for rows that Stripe dates back; and where rows that
 * waited for their money have it by now, with the oldest of those, to see them as they are.
 */
export async function holdFeed(ctx: Context, account: string): Promise<Reading | null> {
  return transact(ctx, "ledger.begin-feed", async (tx) => {
    await tx.$executeRaw`insert into balance_feeds (account) values (${account})
      on conflict (account) do nothing`;
    const [held] = await tx.$queryRaw<(Reading & { knownUntil: Date | null })[]>`
      update balance_feeds set held_until = clock_timestamp() + ${heldSeconds} * interval '1 second'
      where account = ${account} and coalesce(held_until, '-infinity') < clock_timestamp()
      returning since, cursor, newest_at as "newestAt", known_until as "knownUntil"`;
    if (!held) return null;
    await tx.$executeRaw`delete from feed_wishes where account = ${account}`;
    if (held.cursor) return held;
    const since = await beginningOf(tx, ctx, account, held.knownUntil);
    const fresh = { since, cursor: null, newestAt: held.knownUntil };
    const { count } = await tx.balanceFeed.updateMany({
      where: { account },
      data: { ...fresh, seen: 0, posted: 0 },
    });
    return count === 1 ? fresh : null;
  });
}

async function beginningOf(tx: Tx, ctx: Context, account: string, knownUntil: Date | null) {
  if (!knownUntil) return null;
  const [due] = await tx.$queryRaw<{ oldest: Date | null }[]>`
    select min(created_at) as oldest from stripe_balance_transactions
    where account = ${account} and status = 'pending' and available_at <= ${ctx.now()}`;
  const usual = knownUntil.getTime() - overlapMs;
  return new Date(Math.min(usual, due?.oldest?.getTime() ?? usual));
}

export type Step = { cursor: string | null; newestAt: Date | null; seen: number; posted: number };

/** Notes how far a reading has come, in the transaction of the page. At its end it is let go. */
export async function noteFeed(tx: Tx, ctx: Context, account: string, step: Step): Promise<void> {
  const { cursor, newestAt, seen, posted } = step;
  const count = { seen: { increment: seen }, posted: { increment: posted } };
  const end = {
    ...{ knownUntil: newestAt, since: null, newestAt: null, heldUntil: null },
    ...{ finishedAt: ctx.now(), error: null },
  };
  const more = { newestAt, heldUntil: new Date(Date.now() + heldSeconds * 1000) };
  const data = { cursor, ...count, ...(cursor === null ? end : more) };
  await tx.balanceFeed.update({ where: { account }, data });
}

/** Lets a reading go that failed, so that the next try need not wait. */
export async function letFeedGo(ctx: Context, account: string, error: string): Promise<void> {
  await transact(ctx, "ledger.note-feed", (tx) =>
    tx.balanceFeed.update({ where: { account }, data: { heldUntil: null, error } }),
  );
}
