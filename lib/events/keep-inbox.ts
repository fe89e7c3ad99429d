import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { env } from "#lib/env";

/**
 * Makes the partitions of the months to come and drops those that are older than they are kept,
 * unless something in them still waits or died. Answers with the names of the dropped.
 */
export async function keepInbox(
  ctx: Context,
  keepDays: number = env().INBOX_KEEP_DAYS,
): Promise<string[]> {
  const rows = await transact(
    ctx,
    "events.keep-inbox",
    (tx) => tx.$queryRaw<{ name: string }[]>`
      select app.keep_inbox(${ctx.now()}::timestamptz, ${keepDays}::integer) as name`,
  );
  return rows.map(({ name }) => name);
}
