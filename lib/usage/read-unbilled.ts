import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import type { BilledPeriod } from "#lib/usage/decide-adjustment";

/**
 * Periods a price left in their middle without a line of Stripe's, because nothing of their usage
 * was known to it then: what it was told afterwards is on no invoice. Each goes by the id of the
 * change that closed it, once its invoice, where it has one, is known here and final.
 */
export function readUnbilled(ctx: Context, since: Date): Promise<BilledPeriod[]> {
  return view(
    ctx,
    (tx) => tx.$queryRaw<BilledPeriod[]>`
      select c.tenant_id as "tenantId", c.id as "invoiceId", gone."priceId", began.at as "from",
        cut.at as "to", false as "isDraft", m.meter_key as "meterKey", cut.at as "finalizedAt",
        true as "isUnbilled"
      from subscription_changes c
        left join stripe_invoices i on i.account = '' and i.id = c.invoice_id
        cross join lateral (select (c.request ->> 'prorationAt')::timestamptz as at) cut
        cross join lateral jsonb_to_recordset(c.request -> 'leaves')
          as gone ("itemId" text, "priceId" text, "from" timestamptz)
        join prices p on p.stripe_price_id = gone."priceId"
        join components m on m.id = p.component_id and m.meter_key is not null
        cross join lateral (
          select greatest(gone."from", max((e.request ->> 'prorationAt')::timestamptz)) as at
          from subscription_changes e
          where e.subscription_id = c.subscription_id and e.status = 'applied' and e.id <> c.id
            and e.request -> 'leaves'
              @> jsonb_build_array(jsonb_build_object('itemId', gone."itemId"))
            and (e.request ->> 'prorationAt')::timestamptz < cut.at) began
      where c.status = 'applied' and c.created_at > ${since}
        and (c.invoice_id is null or i.status in ('open', 'paid', 'uncollectible'))
        and not exists (select from stripe_invoice_lines l
          where l.account = '' and l.tenant_id = c.tenant_id and l.price_id = gone."priceId"
            and l.subscription_id = c.subscription_id
            and l.period_start_at < cut.at and l.period_end_at > began.at)
        and exists (select from usage_flushes f
          where f.tenant_id = c.tenant_id and f.meter_key = m.meter_key
            and f.starts_at >= began.at and f.starts_at < cut.at and f.refused_at is null)`,
  );
}
