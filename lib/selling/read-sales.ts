import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import type { SaleFilter } from "#lib/selling/input";
import { type SaleRow, type SaleView, toSale } from "#lib/selling/sale";

type Where = SaleFilter & { tenantId: string; id?: string };
type After = { at: Date; id: string } | null;

/**
 * A tenant's payments with what became of them, newest first. What Stripe said of each (its fee,
 * refunds, disputes, the payout) is read from the mirrors, so it is as new as they are.
 */
export async function readSales(
  tx: Tx,
  where: Where,
  { after, take }: { after: After; take: number },
): Promise<SaleView[]> {
  const rows = await tx.$queryRaw<SaleRow[]>`
    select s.id, s.status::text as status, s.kind::text as kind, s.created_at as "createdAt",
      s.currency, s.amount_minor as "amountMinor", s.due_minor as "dueMinor", s.method, s.country,
      s.buyer_id as "buyerId", b.email, b.name, s.link_id as "linkId", l.name as "linkName",
      g.back as "feeBackMinor", ${stripeFee} as "stripeFeeMinor",
      ${refunded} as "refundedMinor", ${isDisputed} as "isDisputed", ${payout} as "payoutId"
    from sales s
      left join buyers b on b.id = s.buyer_id
      left join payment_links l on l.id = s.link_id
      left join lateral (select coalesce(sum(r.fee_back_minor), 0)::bigint as back
        from sale_refunds r where r.sale_id = s.id and r.status <> 'failed') g on true
    where ${conditions(where, after)}
    order by s.created_at desc, s.id desc limit ${take}`;
  return rows.map(toSale);
}

/** Stripe's own part of what its balance transaction says was taken. */
const stripeFee = Prisma.sql`(select coalesce(sum((part ->> 'amount')::bigint), 0)::bigint
  from stripe_balance_transactions t
    left join lateral jsonb_array_elements(t.object::jsonb -> 'fee_details') part
      on part ->> 'type' <> 'application_fee'
  where t.account = s.account and t.source_id = s.id and t.currency = s.currency
    and t.type in ('charge', 'payment') group by t.id limit 1)`;

const refunded = Prisma.sql`coalesce((select sum(r.amount_minor)::bigint from stripe_refunds r
  where r.account = s.account and r.charge_id = s.id and not r.is_deleted
    and r.status not in ('failed', 'canceled')), 0)::bigint`;

const isDisputed = Prisma.sql`exists (select from stripe_disputes d
  where d.account = s.account and d.charge_id = s.id and not d.is_deleted
    and d.status not in ('won', 'warning_closed'))`;

/** Of what was passed on, the payment that came of it is in the payout, not the charge. */
const payout = Prisma.sql`(select p.payout_id from payout_parts p
  where p.account = s.account_id and p.type in ('charge', 'payment') and p.source_id = any(
    select s.id union all
    select t.object ->> 'destination_payment' from stripe_transfers t
      where t.account = '' and t.source_transaction_id = s.id)
  limit 1)`;

function conditions({ tenantId, id, ...filter }: Where, after: After): Prisma.Sql {
  const { status, currency, link, customer, from, to } = filter;
  const all = [Prisma.sql`s.tenant_id = ${tenantId}`];
  if (id) all.push(Prisma.sql`s.id = ${id}`);
  if (status === "failed" || status === "succeeded") {
    all.push(Prisma.sql`s.status = ${status}::sale_status`);
  }
  if (status === "refunded") all.push(Prisma.sql`${refunded} > 0`);
  if (status === "disputed") all.push(isDisputed);
  if (currency) all.push(Prisma.sql`s.currency = ${currency}`);
  if (link) all.push(Prisma.sql`s.link_id = ${link}`);
  if (customer) all.push(Prisma.sql`s.buyer_id = ${customer}`);
  if (from) all.push(Prisma.sql`s.created_at >= ${from}::date`);
  if (to) all.push(Prisma.sql`s.created_at < ${to}::date + 1`);
  if (after) all.push(Prisma.sql`(s.created_at, s.id) < (${after.at}, ${after.id})`);
  return Prisma.join(all, " and ");
}
