import type { Tx } from "#lib/db/client";
import { upsertRows } from "#lib/db/upsert-rows";
import { queryPrepared } from "#lib/db/wire";
import type { Owned } from "#lib/events/converger";
import type { Part } from "#lib/mirror/mirror";

const common = { account: "text", id: "text", tenant_id: "text", object: "json" };

/** Replaces the parts of objects by those they have now. */
export async function writeParts<Stripe>(
  tx: Tx,
  part: Part<Stripe, unknown>,
  parents: readonly Owned<Stripe>[],
): Promise<void> {
  const rows = parents.flatMap((parent) => rowsOf(part, parent));
  const types = Object.entries(part.columns).map(([name, { type }]) => [name, type]);
  const columns = { ...common, [part.parent]: "text", ...Object.fromEntries(types) };
  await queryPrepared(
    tx,
    `delete from ${part.table} p using unnest($1::text[], $2::text[]) as gone (account, parent)
      where p.account = gone.account and p.${part.parent} = gone.parent
        and p.id <> all($3::text[])`,
    [
      ...[parents.map(({ account }) => account), parents.map(({ id }) => id)],
      rows.map(({ id }) => id),
    ],
  );
  if (rows.length > 0) {
    await upsertRows(tx, part.table, columns, { key: ["account", "id"] }, rows);
  }
}

function rowsOf<Stripe>(part: Part<Stripe, unknown>, parent: Owned<Stripe>) {
  const { account, id, tenantId } = parent;
  return part.of(parent.object).map((object) => ({
    ...{ account, id: (object as { id: string }).id, tenant_id: tenantId, object },
    [part.parent]: id,
    ...Object.fromEntries(
      Object.entries(part.columns).map(([name, column]) => [name, column.of(object) ?? null]),
    ),
  }));
}
