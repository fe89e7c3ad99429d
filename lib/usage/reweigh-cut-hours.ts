import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";

/**
 * Has the hour weighed anew in which a change has one price of usage take another's place. What was
 * told of it before the change was decided was told whole.
 */
export async function reweighChangedHour(
  ctx: Context,
  { changeId }: { changeId: string },
): Promise<void> {
  await transact(
    ctx,
    "usage.reweigh-changed-hour",
    (tx) => tx.$executeRaw`
      update usage_buckets b set is_unsent = true
      from subscription_changes c
        cross join lateral jsonb_to_recordset(c.request -> 'leaves') as leaving ("priceId" text)
        join prices p on p.stripe_price_id = leaving."priceId"
        join components m on m.id = p.component_id and m.meter_key is not null
      where c.id = ${changeId} and b.tenant_id = c.tenant_id and b.meter_key = m.meter_key
        and b.hour = date_trunc('hour', (c.request ->> 'prorationAt')::timestamptz, 'UTC')
        and not b.is_unsent`,
  );
}

/**
 * Has the hours weighed anew in which an invoice ended a period of usage. One that was told to
 * Stripe before the invoice was known here was told whole; now it is two parts, and what was used
 * after the end belongs to the second.
 */
export async function reweighCutHours(
  ctx: Context,
  { invoiceId }: { invoiceId: string },
): Promise<void> {
  await transact(
    ctx,
    "usage.reweigh-cut-hours",
    (tx) => tx.$executeRaw`
      update usage_buckets b set is_unsent = true
      from stripe_invoice_lines l join prices p on p.stripe_price_id = l.price_id
        join components c on c.id = p.component_id and c.meter_key is not null
      where l.account = '' and l.invoice_id = ${invoiceId}
        and l.period_end_at > l.period_start_at
        and l.period_end_at > date_trunc('hour', l.period_end_at, 'UTC')
        and b.tenant_id = l.tenant_id and b.meter_key = c.meter_key
        and b.hour = date_trunc('hour', l.period_end_at, 'UTC') and not b.is_unsent`,
  );
}
