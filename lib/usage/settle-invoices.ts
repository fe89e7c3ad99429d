import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { logger } from "#lib/log";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import { type BilledPeriod, decideAdjustment } from "#lib/usage/decide-adjustment";
import { postAdjustments } from "#lib/usage/post-adjustments";
import { readUnbilled } from "#lib/usage/read-unbilled";
import { reweighChangedHour, reweighCutHours } from "#lib/usage/reweigh-cut-hours";

const minuteMs = 60_000;
/** A draft stays one for about an hour; most of it is left for usage that comes late. */
const draftRestsMs = 40 * minuteMs;
const lookedBackMs = 45 * 24 * 60 * minuteMs;

/**
 * Brings what was billed for usage to what it comes to: the minimum and the cap of a component on
 * the draft, and usage that came after the invoice was finalised on the next one. Of one invoice,
 * where it is named; `changeId` is a change by which one price took another's place. A period that
 * cannot be settled keeps none of the others waiting; it fails the job once they are done.
 */
export async function settleInvoices(
  ctx: Context,
  gateway: StripeGateway = stripeGateway(),
  { invoiceId, changeId }: { invoiceId?: string | undefined; changeId?: string | undefined } = {},
): Promise<void> {
  if (invoiceId !== undefined) await reweighCutHours(ctx, { invoiceId });
  if (changeId !== undefined) await reweighChangedHour(ctx, { changeId });
  const failures: unknown[] = [];
  for (const period of [
    ...(await readPeriods(ctx, invoiceId)),
    ...(await readUnbilled(ctx, new Date(ctx.now().getTime() - lookedBackMs))),
  ]) {
    const settled = transact(ctx, "usage.settle-invoice", async (tx) => {
      // Two that settle one invoice at once would settle it twice.
      await tx.$queryRaw`select from stripe_invoices
        where account = '' and id = ${period.invoiceId} for update`;
      await tx.$queryRaw`select from subscription_changes
        where id = ${period.invoiceId} for update`;
      await decideAdjustment(tx, ctx, period);
    });
    await settled.catch((error) => {
      logger.error({ error, ...period }, "a period of usage cannot be settled");
      failures.push(error);
    });
  }
  await postAdjustments(ctx, gateway);
  if (failures.length > 0) throw new AggregateError(failures, "some usage could not be settled");
}

/**
 * Periods that may not be settled yet: bounds to meet, or changes Stripe heard of too late. Any
 * invoice can close one: of a cycle, of a change at once, of an end. A draft rests first.
 */
function readPeriods(ctx: Context, invoiceId: string | undefined): Promise<BilledPeriod[]> {
  const now = ctx.now().getTime();
  return view(
    ctx,
    (tx) => tx.$queryRaw<BilledPeriod[]>`
      select * from (
        select l.tenant_id as "tenantId", l.invoice_id as "invoiceId", l.price_id as "priceId",
          min(l.period_start_at) as "from", max(l.period_end_at) as "to",
          i.status = 'draft' as "isDraft", c.meter_key as "meterKey",
          to_timestamp((i.object #>> '{status_transitions,finalized_at}')::bigint) as "finalizedAt",
          coalesce(p.minimum_minor, p.cap_minor) is not null as bounded, false as "isUnbilled"
        from stripe_invoices i
          join stripe_invoice_lines l on l.account = i.account and l.invoice_id = i.id
          join prices p on p.stripe_price_id = l.price_id
          join components c on c.id = p.component_id and c.meter_key is not null
        where i.account = '' and i.created_at > ${new Date(now - lookedBackMs)}
          and (i.status in ('open', 'paid', 'uncollectible')
            or (i.status = 'draft' and i.created_at < ${new Date(now - draftRestsMs)}))
          and (${invoiceId ?? null}::text is null or i.id = ${invoiceId ?? null}::text)
          and l.tenant_id is not null and l.period_end_at > l.period_start_at
          -- A period that is still open at its invoice is announced by it, and not closed.
          and l.period_end_at <= i.created_at + interval '1 minute'
          and i.object ->> 'billing_reason' is distinct from 'subscription_threshold'
        group by 1, 2, 3, 6, 7, 8, 9
        order by 1, 2, 3
      ) billed
      where (bounded and not exists (select from usage_adjustments a
          where a.invoice_id = billed."invoiceId" and a.meter_key = billed."meterKey"
            and a.period_start_at = billed."from"))
        or (not "isDraft" and exists (select from usage_flushes f
          where f.tenant_id = billed."tenantId" and f.meter_key = billed."meterKey"
            and f.starts_at >= billed."from" and f.starts_at < billed."to"
            and f.refused_at is null and (f.sent_at is null or f.sent_at > billed."finalizedAt")))`,
  );
}
