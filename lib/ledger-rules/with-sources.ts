import type { Tx } from "#lib/db/client";
import { nameOf } from "#lib/db/upsert-rows";
import type { Owned } from "#lib/events/converger";
import type { Source } from "#lib/ledger-rules/claim";
import type { StripeObjects } from "#lib/stripe/object-types";
import { idOf } from "#lib/stripe/objects";

type Row = StripeObjects["balance_transaction"];

/** Where the sources of exchanged rows are mirrored, by the beginning of their ids. */
const tables = [
  [/^(ch|py)_/, "stripe_charges"],
  [/^(re|pyr)_/, "stripe_refunds"],
  [/^(du|dp)_/, "stripe_disputes"],
  [/^fee_/, "stripe_application_fees"],
  [/^tr_/, "stripe_transfers"],
  [/^trr_/, "stripe_transfer_reversals"],
  [/^fr_/, "stripe_fee_refunds"],
] as const;

/** Rows with their sources, where they were exchanged and we have them. */
export async function withSources(tx: Tx, rows: readonly Owned<Row>[]): Promise<Source<Row>[]> {
  const sources = new Map<string, object>();
  const exchanged = rows.filter(({ object }) => object.exchange_rate !== null);
  for (const [prefix, table] of tables) {
    const keys = exchanged.flatMap(({ account, object }) => {
      const id = idOf(object.source);
      return id && prefix.test(id) ? [{ account, id }] : [];
    });
    if (keys.length === 0) continue;
    const found = await tx.$queryRaw<{ account: string; id: string; object: object }[]>`
      select account, id, object from ${nameOf(table)} where (account, id) in (select * from unnest(
        ${keys.map(({ account }) => account)}::text[], ${keys.map(({ id }) => id)}::text[]))`;
    for (const one of found) sources.set(`${one.account} ${one.id}`, one.object);
  }
  return rows.map(({ account, tenantId, object }) => {
    const source = sources.get(`${account} ${idOf(object.source)}`);
    return { account, tenantId, object: source ? ({ ...object, source } as Row) : object };
  });
}
