import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { env } from "#lib/env";

/**
 * Makes the partitions of the months to come and drops those older than single events are kept.
 * Hours and their totals stay. Answers with the names of the dropped.
 */
export async function keepUsage(
  ctx: Context,
  keepDays: number = env().USAGE_KEEP_DAYS,
): Promise<string[]> {
  const rows = await transact(
    ctx,
    "usage.keep-usage",
    (tx) => tx.$queryRaw<{ name: string }[]>`
      select app.keep_usage(${ctx.now()}::timestamptz, ${keepDays}::integer) as name`,
  );
  return rows.map(({ name }) => name);
}
