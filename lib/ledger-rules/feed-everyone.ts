import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { enqueueAll } from "#lib/jobs/enqueue";

const staleMs = 3_600_000;

/**
 * Asks for a reading of every account that was not read for an hour, or has money that became
 * available since: what moves a balance by itself has no event.
 */
export async function feedEveryone(ctx: Context): Promise<number> {
  const now = ctx.now();
  const stale = new Date(now.getTime() - staleMs);
  return transact(ctx, "ledger.feed-everyone", async (tx) => {
    const due = await tx.$queryRaw<{ account: string }[]>`
      select a.account from (
        select '' as account
        union select account_id from connected_accounts where status <> 'disconnected'
      ) a left join balance_feeds f on f.account = a.account
      where coalesce(f.finished_at, '-infinity') < ${stale}
        or exists (select from stripe_balance_transactions t where t.account = a.account
          and t.status = 'pending' and t.available_at <= ${now}
          and t.available_at > f.finished_at)`;
    await enqueueAll(
      tx,
      due.map(({ account }) => ({
        ...{ name: "ledger.feed" as const, payload: { account }, key: `ledger.feed:${account}` },
      })),
    );
    return due.length;
  });
}
