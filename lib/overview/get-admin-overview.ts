import type { Tx } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import { isCurrency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";
import { type InboxState, readInboxState } from "#lib/overview/inbox-state";
import { readMrr } from "#lib/overview/mrr";
import { countChecks } from "#lib/rater/list-checks";
import { readVerdict, type Verdict } from "#lib/reconciliation/read-verdict";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export type Owed = { count: number; amounts: Money[] };
export type AdminOverview = {
  tenants: { total: number; newPerWeek: { week: Date; count: number }[] };
  subscriptions: { active: number; pastDue: number; byPlan: PlanCount[] };
  /** Monthly recurring revenue, one amount per currency; usage apart. */
  mrr: Money[];
  invoices: { open: Owed; pastDue: Owed };
  inbox: InboxState;
  /** Whether the books and Stripe say the same. */
  books: Verdict;
  /** Invoices that differ from what we work out, and nobody has looked into. */
  openChecks: number;
  /** What wants a person and nobody took on yet. */
  openAlerts: number;
};
export type PlanCount = { key: string; name: string; count: number };

const countedAtMost = 1_000;

/** The console's first page, from the mirrors. */
export async function getAdminOverview(ctx: PlatformContext): Promise<AdminOverview> {
  requirePlatform(ctx, "platform:read");

  return view(ctx, async (tx) => ({
    tenants: { total: await tx.tenant.count(), newPerWeek: await newPerWeek(tx, ctx.now()) },
    subscriptions: await countSubscriptions(tx),
    mrr: await readMrr(tx),
    invoices: await readOwed(tx, ctx.now()),
    inbox: await readInboxState(tx, ctx.now()),
    books: await readVerdict(tx, ctx.now()),
    openChecks: (await countChecks(tx)).open,
    openAlerts: await tx.alert.count({ where: { acknowledgedAt: null }, take: countedAtMost }),
  }));
}

function newPerWeek(tx: Tx, now: Date) {
  return tx.$queryRaw<{ week: Date; count: number }[]>`
    select week, count(tenants.id)::integer as count
    from generate_series(
      date_trunc('week', ${now}::timestamptz, 'UTC') - interval '11 weeks',
      date_trunc('week', ${now}::timestamptz, 'UTC'), interval '1 week') week
    left join tenants on created_at >= week and created_at < week + interval '1 week'
    group by week order by week`;
}

async function countSubscriptions(tx: Tx): Promise<AdminOverview["subscriptions"]> {
  const byStatus = await tx.subscription.groupBy({ by: ["status"], _count: true });
  const countOf = (...statuses: string[]) =>
    byStatus
      .filter(({ status }) => statuses.includes(status))
      .reduce((sum, { _count }) => sum + _count, 0);
  const byPlan = await tx.$queryRaw<PlanCount[]>`
    select p.key, p.name, count(s.id)::integer as count
    from plans p
    left join plan_versions v on v.plan_id = p.id
    left join subscriptions s on s.version_id = v.id
      and s.status in ('active', 'trialing', 'past_due')
    group by p.id order by p.position`;
  const paying = byPlan.filter(({ key }) => key !== "free");
  return { active: countOf("active", "trialing"), pastDue: countOf("past_due"), byPlan: paying };
}

const atBank = '$.payments.data[*].payment.payment_intent ? (@.status == "processing")';

type OwedRow = { currency: string; count: number; due: bigint; late: number; lateDue: bigint };

/** Past due: open, and its payment failed or its date went by. A bank may still have it. */
async function readOwed(tx: Tx, now: Date): Promise<AdminOverview["invoices"]> {
  const rows = await tx.$queryRaw<OwedRow[]>`
    select currency, count(*)::integer as count, sum(amount_due_minor)::bigint as due,
      count(*) filter (where is_late)::integer as late,
      coalesce(sum(amount_due_minor) filter (where is_late), 0)::bigint as "lateDue"
    from (select *, coalesce(due_at < ${now}, false)
        or (object ->> 'attempt_count')::integer > 0 and not coalesce(
          object::jsonb @? ${atBank}::jsonpath, false) as is_late
      from invoices where status = 'open') open
    group by currency order by currency`;
  return {
    open: owed(rows.map(({ currency, count, due }) => ({ currency, count, minor: due }))),
    pastDue: owed(
      rows.map(({ currency, late, lateDue }) => ({ currency, count: late, minor: lateDue })),
    ),
  };
}

function owed(rows: { currency: string; count: number; minor: bigint }[]): Owed {
  const amounts = rows.flatMap(({ currency, minor }) =>
    isCurrency(currency) && minor > 0n ? [money(minor, currency)] : [],
  );
  return { count: rows.reduce((sum, { count }) => sum + count, 0), amounts };
}
