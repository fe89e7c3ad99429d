import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { messageOf } from "#lib/errors";
import { logger } from "#lib/log";
import { isCurrency } from "#lib/money/currency";
import { money } from "#lib/money/money";
import { toStripeAmount } from "#lib/stripe/amounts";
import { isStripesNo } from "#lib/stripe/ask";
import type { StripeGateway } from "#lib/stripe/gateway";

type Row = {
  id: string;
  why: "minimum" | "cap" | "late";
  amountMinor: bigint;
  currency: string;
  name: string;
  invoiceId: string;
  isOfChange: boolean;
  number: string | null;
  accountId: string;
  subscriptionId: string;
  isEnded: boolean;
  from: Date;
  to: Date;
};

const words = {
  minimum: (name: string) => `${name}: up to the minimum of the period`,
  cap: (name: string) => `${name}: down to the cap of the period`,
  late: (name: string, { number, isOfChange }: Pick<Row, "number" | "isOfChange">) =>
    isOfChange
      ? `${name}: usage before the plan was changed, reported after it`
      : `${name}: usage reported after invoice ${number ?? "of the period"} was finalised`,
};

/** Makes the items that were decided on, each once by its id, and keeps what Stripe called them. */
export async function postAdjustments(ctx: Context, gateway: StripeGateway): Promise<void> {
  for (const row of await readUnposted(ctx)) {
    try {
      const { itemId } = await post(gateway, row);
      await keep(ctx, row.id, { postedAt: ctx.now(), stripeItemId: itemId, error: null });
    } catch (error) {
      if (!isStripesNo(error) && isSafe(row)) throw error;
      logger.warn({ error, adjustmentId: row.id }, "Stripe does not take an item for usage");
      await keep(ctx, row.id, { error: messageOf(error) });
    }
  }
}

/** False of an amount no request to Stripe can hold: it waits for a person, and for nobody else. */
const isSafe = ({ amountMinor }: Row) => amountMinor < largest && amountMinor > -largest;
const largest = 2n ** 53n;

/**
 * A bound belongs on the draft it was found on. It is always tried there first, under its own key:
 * where that was done before, Stripe says so again; where the draft is one no more, it is no. Then
 * comes the subscription's next invoice, and where that has ended whatever the account is billed.
 */
async function post(gateway: StripeGateway, row: Row): Promise<{ itemId: string }> {
  const item = itemOf(row);
  if (row.why !== "late") {
    try {
      return await gateway.createUsageItem({ ...item, invoiceId: row.invoiceId });
    } catch (error) {
      if (!isStripesNo(error)) throw error;
    }
  }
  if (row.isEnded)
    return gateway.createUsageItem({ ...item, invoiceId: null, subscriptionId: null });
  return gateway.createUsageItem({ ...item, invoiceId: null });
}

function itemOf({ id, why, amountMinor, currency, name, ...row }: Row) {
  const amount = money(amountMinor, isCurrency(currency) ? currency : "usd");
  const { accountId, subscriptionId, from, to } = row;
  const description = words[why](name, row);
  return {
    id,
    accountId,
    subscriptionId,
    currency,
    from,
    to,
    description,
    amount: toStripeAmount(amount),
  };
}

function readUnposted(ctx: Context): Promise<Row[]> {
  return view(
    ctx,
    (tx) => tx.$queryRaw<Row[]>`
      select a.id, a.why, a.amount_minor as "amountMinor", a.currency, i.number,
        coalesce((select min(c.name) from components c join prices p on p.component_id = c.id
          join stripe_invoice_lines l on l.price_id = p.stripe_price_id
          where l.account = '' and l.invoice_id = a.invoice_id and c.key = a.component_key),
          (select min(c.name) from components c
            where c.key = a.component_key and c.meter_key = a.meter_key), a.meter_key) as name,
        a.invoice_id as "invoiceId", t.stripe_account_id as "accountId",
        c.id is not null as "isOfChange", coalesce(i.subscription_id, c.subscription_id)
          as "subscriptionId", exists (select from stripe_subscriptions s where s.account = ''
            and s.id = coalesce(i.subscription_id, c.subscription_id)
            and s.status = 'canceled') as "isEnded",
        a.period_start_at as "from", a.period_end_at as "to"
      from usage_adjustments a join tenants t on t.id = a.tenant_id
        left join stripe_invoices i on i.account = '' and i.id = a.invoice_id
        left join subscription_changes c on c.id = a.invoice_id
      where a.posted_at is null and a.waived_at is null and t.stripe_account_id is not null
        and coalesce(i.subscription_id, c.subscription_id) is not null
      order by a.created_at, a.id limit 500`,
  );
}

function keep(ctx: Context, id: string, data: object): Promise<unknown> {
  return transact(ctx, "usage.post-adjustment", (tx) =>
    tx.usageAdjustment.updateMany({ where: { id, postedAt: null }, data }),
  );
}
