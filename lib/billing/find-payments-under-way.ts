import { view } from "#lib/db/transaction";
import { isCurrency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** A payment that is at a bank, which has not answered yet. */
export type PaymentUnderWay = {
  invoiceId: string;
  amount: Money;
  /** Stripe's word for the way to pay; null while it is not known. */
  method: string | null;
  since: Date;
};

type Row = { invoiceId: string; minor: bigint; currency: string; method: string | null; at: Date };

/** What banks have not answered yet: nothing failed, and nothing is to be done. */
export async function findPaymentsUnderWay(ctx: TenantContext): Promise<PaymentUnderWay[]> {
  requirePermission(ctx, "billing:read");

  const rows = await view(
    ctx,
    (tx) => tx.$queryRaw<Row[]>`
      select i.id as "invoiceId", (p.object ->> 'amount')::bigint as minor, i.currency,
        c.object #>> '{payment_method_details,type}' as method,
        coalesce(c.created_at, p.created_at) as at
      from invoices i
      join stripe_invoice_payments ip
        on ip.account = '' and ip.invoice_id = i.id and not ip.is_deleted
      join stripe_payment_intents p
        on p.account = '' and p.id = ip.payment_intent_id and p.status = 'processing'
      left join stripe_charges c
        on c.account = '' and c.id = p.object ->> 'latest_charge'
      where i.tenant_id = ${ctx.tenantId} and i.status = 'open'
      order by at, i.id limit 10`,
  );
  return rows.flatMap(({ invoiceId, minor, currency, method, at }) =>
    isCurrency(currency) ? [{ invoiceId, method, since: at, amount: money(minor, currency) }] : [],
  );
}
