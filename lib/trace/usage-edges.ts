import { Prisma } from "#lib/db/generated/client";
import type { Edge } from "#lib/trace/edge";

// What the usage of a line is: the meter of its price, and its period.
const usageOfLine = Prisma.raw(`stripe_invoice_lines l
  join prices p on p.stripe_price_id = l.price_id
  join components c on c.id = p.component_id and c.meter_key is not null`);
const pricesOfMeter = (meter: string) =>
  Prisma.raw(`array(select p.stripe_price_id from components c
    join prices p on p.component_id = c.id
    where c.meter_key = ${meter} and p.stripe_price_id is not null)`);
/** When a line's invoice was final: what is heard of later is settled by another line. */
const finalOf = (line: string) =>
  Prisma.raw(`cross join lateral (select coalesce(to_timestamp(
      (v.object -> 'status_transitions' ->> 'finalized_at')::bigint), 'infinity') as at
    from stripe_invoices v where v.account = ${line}.account and v.id = ${line}.invoice_id) final`);
const isInTime = Prisma.sql`e.received_at <= final.at
  and (e.voided_at is null or e.voided_at > final.at)`;
const isLate = Prisma.sql`(a.why <> 'late' or e.received_at > final.at
  or coalesce(e.voided_at, e.corrected_at) > final.at)`;
const finalOfAdjusted = Prisma.raw(`cross join lateral (select coalesce(to_timestamp(
    (v.object -> 'status_transitions' ->> 'finalized_at')::bigint), 'infinity') as at
  from stripe_invoices v where v.account = '' and v.id = a.invoice_id) final`);
const itemOf = Prisma.raw(`l.object -> 'parent' -> 'invoice_item_details' ->> 'invoice_item'`);

/** How usage leads to what it was billed by. */
export const usageEdges: readonly Edge[] = [
  {
    ...{ name: "counted", from: ["usage_event"], to: "invoice_line", gathers: true },
    forward: Prisma.sql`select l.account as scope, l.id
      from usage_events e cross join lateral (
        select * from stripe_invoice_lines l where l.tenant_id = e.tenant_id and l.account = ''
          and l.price_id = any(${pricesOfMeter("e.meter_key")})
          and l.period_end_at > e.at and l.period_start_at <= e.at) l ${finalOf("l")}
      where e.tenant_id = w.scope and e.key = w.id and ${isInTime}
      order by l.period_end_at, l.id`,
    backward: Prisma.sql`select e.tenant_id as scope, e.key as id
      from ${usageOfLine} ${finalOf("l")}
        join usage_events e on e.tenant_id = l.tenant_id and e.meter_key = c.meter_key
          and e.at >= l.period_start_at and e.at < l.period_end_at
      where l.account = w.scope and l.id = w.id and ${isInTime} order by e.at desc`,
  },
  {
    ...{ name: "told", from: ["usage_event"], to: "meter_event", gathers: true },
    forward: Prisma.sql`select f.tenant_id as scope, f.id
      from usage_events e join meters m on m.key = e.meter_key
        join usage_flushes f on f.tenant_id = e.tenant_id and f.meter_key = e.meter_key
          and f.starts_at <= e.at and f.ends_at > e.at
          and f.starts_at > e.at - case when m.aggregation in ('sum', 'count')
            then interval '1 hour' else interval '400 days' end
      where e.tenant_id = w.scope and e.key = w.id order by f.starts_at desc, f.id`,
    backward: Prisma.sql`select e.tenant_id as scope, e.key as id
      from usage_flushes f join usage_events e on e.tenant_id = f.tenant_id
        and e.meter_key = f.meter_key and e.at >= f.starts_at and e.at < f.ends_at
      where f.tenant_id = w.scope and f.id = w.id order by e.at desc`,
  },
  {
    ...{ name: "billed", from: ["meter_event"], to: "invoice_line", gathers: true },
    forward: Prisma.sql`select l.account as scope, l.id
      from usage_flushes f cross join lateral (
        select * from stripe_invoice_lines l where l.tenant_id = f.tenant_id and l.account = ''
          and l.price_id = any(${pricesOfMeter("f.meter_key")})
          and l.period_end_at > f.stamped_at and l.period_start_at <= f.stamped_at) l
        ${finalOf("l")}
      where f.tenant_id = w.scope and f.id = w.id and f.refused_at is null
        and f.sent_at <= final.at order by l.period_end_at, l.id`,
    backward: Prisma.sql`select f.tenant_id as scope, f.id
      from ${usageOfLine} ${finalOf("l")}
        join usage_flushes f on f.tenant_id = l.tenant_id and f.meter_key = c.meter_key
          and f.stamped_at >= l.period_start_at and f.stamped_at < l.period_end_at
          and f.starts_at > l.period_start_at - interval '1 hour'
          and f.starts_at < l.period_end_at
      where l.account = w.scope and l.id = w.id and f.refused_at is null
        and f.sent_at <= final.at order by f.starts_at desc, f.id`,
  },
  {
    ...{ name: "settled_late", from: ["usage_event"], to: "invoice_line", gathers: true },
    forward: Prisma.sql`select l.account as scope, l.id
      from usage_events e join usage_adjustments a on a.tenant_id = e.tenant_id
          and a.meter_key = e.meter_key and a.period_start_at <= e.at and a.period_end_at > e.at
          and a.stripe_item_id is not null ${finalOfAdjusted}
        join stripe_invoice_lines l on l.tenant_id = a.tenant_id and l.account = ''
          and ${itemOf} = a.stripe_item_id
      where e.tenant_id = w.scope and e.key = w.id and ${isLate} order by l.id`,
    backward: Prisma.sql`select e.tenant_id as scope, e.key as id
      from stripe_invoice_lines l join usage_adjustments a on a.tenant_id = l.tenant_id
          and a.stripe_item_id = ${itemOf} ${finalOfAdjusted}
        join usage_events e on e.tenant_id = a.tenant_id and e.meter_key = a.meter_key
          and e.at >= a.period_start_at and e.at < a.period_end_at
      where l.account = w.scope and l.id = w.id and ${isLate} order by e.at desc`,
  },
];
