import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { nameOf } from "#lib/db/upsert-rows";
import type { Effects, Owned } from "#lib/events/converger";
import { postObjects } from "#lib/ledger-rules/post-objects";
import { mirrors } from "#lib/mirror/mirrors";
import type { StripeObjectType } from "#lib/stripe/object-types";

export type Target = { account: string; id: string };
type Row = Target & { tenantId: string | null; instant: Date; isDeleted: boolean; object: unknown };

/** Posts what mirrors of a type say and is not posted yet. Answers how many entries are new. */
export async function postMirrors(
  tx: Tx,
  ctx: Context,
  type: StripeObjectType,
  targets: readonly Target[],
  effects: Effects,
  waited?: ReadonlyMap<string, Date>,
): Promise<number> {
  const rows = await tx.$queryRaw<Row[]>`
    select account, id, tenant_id as "tenantId", instant, is_deleted as "isDeleted", object
    from ${nameOf(mirrors[type].table)}
    where (account, id) in (select * from unnest(
      ${targets.map(({ account }) => account)}::text[], ${targets.map(({ id }) => id)}::text[]))`;
  return postObjects(tx, rows.map(ownedOf(ctx)), ctx, effects, waited);
}

function ownedOf({ traceId }: Context) {
  return (row: Row): Owned => ({ ...row, eventId: null, traceId });
}
