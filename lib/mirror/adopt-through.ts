import type { Tx } from "#lib/db/client";
import { nameOf } from "#lib/db/upsert-rows";
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
    await tx.$executeRaw`update ${nameOf(child.table)} c set tenant_id = p.tenant_id
      from unnest(${ids}::text[], ${tenantIds}::text[]) as p (id, tenant_id)
      where c.account = '' and c.tenant_id is null and c.${nameOf(child.through.column)} = p.id`;
  }
}
