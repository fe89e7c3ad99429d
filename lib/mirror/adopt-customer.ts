import type { Tx } from "#lib/db/client";
import { nameOf } from "#lib/db/upsert-rows";
import { adoptThrough } from "#lib/mirror/adopt-through";
import { mirrors } from "#lib/mirror/mirrors";

const tables = Object.values<{ table: string; columns: object }>(mirrors)
  .filter(({ columns }) => "customer_id" in columns)
  .map(({ table }) => table);

/**
 * Gives a tenant the platform's objects of a customer that is known to be the tenant's only now.
 * Events keep no order: a payment may be heard of before whose customer it was.
 */
export async function adoptCustomer(tx: Tx, customerId: string, tenantId: string): Promise<void> {
  for (const table of tables) {
    const rows = await tx.$queryRaw<{ id: string }[]>`update ${nameOf(table)}
      set tenant_id = ${tenantId}
      where customer_id = ${customerId} and tenant_id is null and account = '' returning id`;
    await adoptThrough(
      ...([tx, table] as const),
      rows.map(({ id }) => ({ id, tenantId })),
    );
  }
}
