import { liveStatuses } from "#lib/billing/subscription";
import type { Context } from "#lib/context";
import type { SeatChargeReason } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { invariant, messageOf } from "#lib/errors";
import { logger } from "#lib/log";
import { isCurrency } from "#lib/money/currency";
import { money } from "#lib/money/money";
import { sayCharge } from "#lib/seats/seat-charge";
import { toStripeAmount } from "#lib/stripe/amounts";
import { isStripesNo } from "#lib/stripe/ask";
import type { StripeGateway } from "#lib/stripe/gateway";

/** Stripe forgets a key after a day; from then on its items are looked through first. */
const keyLivesMs = 20 * 3_600_000;

type Row = {
  id: string;
  why: SeatChargeReason;
  seats: number;
  startsAt: Date;
  endsAt: Date;
  amountMinor: bigint;
  currency: string;
  createdAt: Date;
  accountId: string;
  /** Null once the plan is over: then it goes on whatever the tenant is billed next. */
  subscriptionId: string | null;
};

/** Makes the item of every charge that was decided on, each once by its id. */
export async function postSeatCharges(ctx: Context, gateway: StripeGateway): Promise<void> {
  for (const row of await readUnposted(ctx)) {
    try {
      const stripeItemId = await post(ctx, gateway, row);
      await keep(ctx, row.id, { postedAt: ctx.now(), stripeItemId, error: null });
    } catch (error) {
      if (!isStripesNo(error)) throw error;
      logger.warn({ error, seatChargeId: row.id }, "Stripe does not take an item for seats");
      await keep(ctx, row.id, { error: messageOf(error) });
    }
  }
}

async function post(ctx: Context, gateway: StripeGateway, row: Row): Promise<string> {
  const { id, accountId, currency, createdAt, startsAt: from, endsAt: to } = row;
  const mayBeForgotten = ctx.now().getTime() - createdAt.getTime() > keyLivesMs;
  const made = mayBeForgotten && (await gateway.findSeatItem({ id, accountId }));
  if (made) return made;
  invariant(isCurrency(currency), "seats are sold in a currency of ours");
  const item = {
    ...{ id, accountId, currency, from, to, description: sayCharge({ ...row, from, to }) },
    amount: toStripeAmount(money(row.amountMinor, currency)),
  };
  try {
    return await gateway.createSeatItem({ ...item, subscriptionId: row.subscriptionId });
  } catch (error) {
    // The plan ended in this very moment: it is still owed.
    if (!isStripesNo(error) || row.subscriptionId === null) throw error;
    return gateway.createSeatItem({ ...item, subscriptionId: null });
  }
}

function readUnposted(ctx: Context): Promise<Row[]> {
  return view(
    ctx,
    (tx) => tx.$queryRaw<Row[]>`
      select c.id, c.why::text, c.seats, c.starts_at as "startsAt", c.ends_at as "endsAt",
        c.amount_minor as "amountMinor", c.currency, c.created_at as "createdAt",
        t.stripe_account_id as "accountId",
        case when s.status = any(${[...liveStatuses]}::text[]) then s.id end as "subscriptionId"
      from seat_charges c join tenants t on t.id = c.tenant_id
        left join subscriptions s on s.id = c.subscription_id
      where c.posted_at is null and t.stripe_account_id is not null
      order by c.created_at, c.id limit 500`,
  );
}

function keep(ctx: Context, id: string, data: object): Promise<unknown> {
  return transact(ctx, "seats.post-charge", (tx) =>
    tx.seatCharge.updateMany({ where: { id, postedAt: null }, data }),
  );
}
