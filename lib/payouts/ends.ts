import type { Tx } from "#lib/db/client";

/** One end of something that moved: in whose balance, and what it is there. */
export type End = { account: string; sourceId: string };

/** The payout that took each end along, by `account id`; the newest, where several did. */
export async function payoutsOf(tx: Tx, ends: readonly End[]): Promise<Map<string, string>> {
  const accounts = ends.map(({ account }) => account);
  const ids = ends.map(({ sourceId }) => sourceId);
  const rows = await tx.$queryRaw<(End & { payoutId: string })[]>`
    select account, source_id as "sourceId", payout_id as "payoutId" from payout_parts
    where (account, source_id) in (
      select * from unnest(${accounts}::text[], ${ids}::text[]))
    order by created_at`;
  return new Map(rows.map((row) => [`${row.account} ${row.sourceId}`, row.payoutId]));
}
