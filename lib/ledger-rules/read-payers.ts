import type { Tx } from "#lib/db/client";
import type { About } from "#lib/ledger/entry";

/** Who paid, how, and whose sale it was: what of an entry's `about` its payment says. */
export type Payer = Pick<About, "tenantId" | "country" | "method">;
type Key = { account: string; id: string };
type Row = { place: number; tenantId: string | null; country: string | null; method: string };

/** What is of a payment, by the beginnings of their ids: anything else nobody paid. */
const ofPayment = /^(ch|py|re|pyr|du|dp|fee|fr)_/;

export function isOfPayment(id: string): boolean {
  return ofPayment.test(id);
}

/**
 * Who paid what stands behind charges, refunds, disputes and fees, as far as their mirrors are
 * here; by `account id`. Of what came to an account by a transfer it is who paid the charge behind.
 */
export async function readPayers(tx: Tx, keys: readonly Key[]): Promise<Map<string, Payer>> {
  const asked = keys.filter(({ id }) => isOfPayment(id));
  if (asked.length === 0) return new Map();
  const rows = await tx.$queryRaw<Row[]>`
    with asked as (
      select * from unnest(${asked.map(({ account }) => account)}::text[],
        ${asked.map(({ id }) => id)}::text[]) with ordinality asked (account, id, place)
    ), charged as (
      select place, account, id from asked where id like 'ch\\_%' or id like 'py\\_%'
      union all select a.place, r.account, r.charge_id from asked a
        join stripe_refunds r on r.account = a.account and r.id = a.id
      union all select a.place, d.account, d.charge_id from asked a
        join stripe_disputes d on d.account = a.account and d.id = a.id
      union all select a.place, f.payer, f.charge_id from asked a
        join stripe_application_fees f on f.account = a.account and f.id = a.id
    )
    select charged.place::integer as place, coalesce(c.tenant_id, b.tenant_id) as "tenantId",
      coalesce(paid.object #>> '{payment_method_details,card,country}',
        paid.object #>> '{billing_details,address,country}') as country,
      paid.object #>> '{payment_method_details,type}' as method
    from charged join stripe_charges c on c.account = charged.account and c.id = charged.id
      left join stripe_transfers t on t.account = '' and t.id = c.object ->> 'source_transfer'
      left join stripe_charges b on b.account = '' and b.id = t.source_transaction_id
      cross join lateral (select case when c.object ->> 'source_transfer' is null then c.object
        else b.object end as object) paid
    where paid.object #>> '{payment_method_details,type}' <> 'stripe_account'`;
  return new Map(
    rows.map(({ place, tenantId, country, method }) => {
      const { account, id } = asked[place - 1]!;
      const payer = { ...(tenantId && { tenantId }), ...(country && { country }), method };
      return [`${account} ${id}`, payer] as const;
    }),
  );
}
