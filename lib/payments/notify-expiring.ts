import { mailBillingPeople } from "#lib/billing/mail-billing-people";
import { liveStatuses } from "#lib/billing/subscription";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import { asSystem } from "#lib/tenancy/as-system";

type Expiring = {
  tenantId: string;
  methodId: string;
  brand: string | null;
  last4: string | null;
  month: number;
  year: number;
};

/**
 * Writes to whoever looks after the billing of a tenant whose plan is charged to a card that ends
 * with this month, once for each card and end. Networks renew many cards by themselves; those that
 * are renewed have another end by then, and nobody is written to.
 */
export async function notifyExpiring(ctx: Context): Promise<number> {
  const now = ctx.now();
  const system = asSystem(ctx);
  return transact(system, "payments.notify-expiring", async (tx) => {
    const found = await findExpiring(tx, now.getUTCMonth() + 1, now.getUTCFullYear());
    for (const { tenantId, methodId, brand, last4, month, year } of found) {
      const until = `${year}-${String(month).padStart(2, "0")}`;
      const reference = `payment_method:${methodId}:expiring:${until}`;
      const fact = { reference, kind: "payment_method.expiring", tenantId, data: {} };
      await mailBillingPeople(tx, ctx, fact, ({ tenant, path }) => ({
        template: "card-expiring",
        data: {
          tenant,
          card: `${brand ?? "card"} ending in ${last4}`,
          until,
          path: `${path}/billing/payment`,
        },
      }));
    }
    return found.length;
  });
}

/** Cards that a live subscription is charged to: its own, or else its customer's default. */
function findExpiring(tx: Tx, month: number, year: number): Promise<Expiring[]> {
  return tx.$queryRaw<Expiring[]>`
    select distinct on (s.tenant_id) s.tenant_id as "tenantId", m.id as "methodId", m.brand,
      m.last4, (m.object #>> '{card,exp_month}')::int as month,
      (m.object #>> '{card,exp_year}')::int as year
    from subscriptions s
    left join stripe_customers c on c.account = '' and c.id = s.object ->> 'customer'
    join stripe_payment_methods m on m.account = '' and not m.is_deleted and m.type = 'card'
      and m.id = coalesce(s.object ->> 'default_payment_method',
        c.object #>> '{invoice_settings,default_payment_method}')
    where s.status = any(${[...liveStatuses]}::text[])
      and (m.object #>> '{card,exp_month}')::int = ${month}
      and (m.object #>> '{card,exp_year}')::int = ${year}
    order by s.tenant_id, s.created_at desc`;
}
