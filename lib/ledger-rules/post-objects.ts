import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { Effects, Owned } from "#lib/events/converger";
import { nameOf, type Origin } from "#lib/ledger-rules/claim";
import { postSeen } from "#lib/ledger-rules/post-seen";
import { postSettled } from "#lib/ledger-rules/post-settled";
import { tellUnexplained } from "#lib/ledger-rules/tell-unexplained";
import { withSources } from "#lib/ledger-rules/with-sources";
import type { StripeObjects } from "#lib/stripe/object-types";

/** After this long what is missing will not come. */
const overdueMs = 3_600_000;

/**
 * Posts what objects say that is not posted yet, in the transaction that writes their mirrors:
 * states by the rules, balance transactions as they settled. What waits for another object is
 * looked at again. Answers how many entries are new.
 */
export async function postObjects(
  tx: Tx,
  seen: readonly Owned[],
  ctx: Context,
  effects: Effects,
  waited: ReadonlyMap<string, Date> = new Map(),
): Promise<number> {
  const long = ctx.now().getTime() - overdueMs;
  const overdue = [...waited].filter(([, since]) => since.getTime() < long).map(([name]) => name);
  const { posted, waiting } = await postSeen(tx, seen, ctx, new Set(overdue));
  await keepWaiting(tx, waiting, (one) => waited.get(nameOf(one)) ?? ctx.now());
  const rows = seen.filter(isSettled);
  if (rows.length === 0) return posted;
  const settling = await postSettled(tx, await withSources(tx, rows), ctx);
  await tellUnexplained(tx, ctx, settling.unexplained, effects);
  return posted + settling.posted;
}

function isSettled(one: Owned): one is Owned<StripeObjects["balance_transaction"]> {
  return (one.object as { object?: string }).object === "balance_transaction" && !one.isDeleted;
}

async function keepWaiting(
  tx: Tx,
  waiting: readonly Origin[],
  sinceOf: (one: Origin) => Date,
): Promise<void> {
  if (waiting.length === 0) return;
  await tx.$executeRaw`
    insert into ledger_waits (object_type, account, object_id, since)
    select distinct t, a, i, s from unnest(
      ${waiting.map(({ type }) => type)}::text[], ${waiting.map(({ account }) => account)}::text[],
      ${waiting.map(({ id }) => id)}::text[],
      ${waiting.map((one) => sinceOf(one).toISOString())}::timestamptz[]) as w (t, a, i, s)
    order by 1, 2, 3 on conflict do nothing`;
}
