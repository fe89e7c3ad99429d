import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import { nameOf } from "#lib/db/upsert-rows";
import { queryPrepared } from "#lib/db/wire";
import type { Owned } from "#lib/events/converger";
import type { Through } from "#lib/mirror/mirror";
import { mirrors } from "#lib/mirror/mirrors";

const children = Object.values<{ table: string; through?: Through }>(mirrors).flatMap(
  ({ table, through }) => (through ? [{ table, through }] : []),
);

/**
 * Gives tenants the platform's objects that belong to theirs and were heard of before them: a
 * refund before its charge, a payment before its invoice.
 */
export async function adoptThrough(
  tx: Tx,
  table: string,
  written: readonly Pick<Owned, "id" | "tenantId">[],
): Promise<void> {
  const owned = written.filter(({ tenantId }) => tenantId !== null);
  if (owned.length === 0) return;
  const [ids, tenantIds] = [owned.map(({ id }) => id), owned.map(({ tenantId }) => tenantId!)];
  for (const child of children.filter(({ through }) => through.table === table)) {
    await queryPrepared(
      tx,
      `update ${child.table} c set tenant_id = p.tenant_id
        from unnest($1::text[], $2::text[]) as p (id, tenant_id)
        where c.account = '' and c.tenant_id is null and c.${child.through.column} = p.id`,
      [ids, tenantIds],
    );
  }
}

/**
 * Does the same for what two workers wrote at once, one the invoice and one its payment: neither
 * saw the other's, so it stayed nobody's and was on no page of its tenant. The next look finds it.
 */
export function adoptOrphans(ctx: Context): Promise<void> {
  return transact(ctx, "events.adopt-orphans", async (tx) => {
    for (const { table, through } of children) {
      await tx.$executeRaw`update ${nameOf(table)} c set tenant_id = p.tenant_id
        from ${nameOf(through.table)} p
        where c.account = '' and c.tenant_id is null and p.account = ''
          and p.id = c.${nameOf(through.column)} and p.tenant_id is not null`;
    }
  });
}
