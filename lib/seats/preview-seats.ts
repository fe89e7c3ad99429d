import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { isCurrency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";
import { whyNoMore } from "#lib/seats/decide-seats";
import { findSeatItem } from "#lib/seats/find-seat-item";
import type { PreviewSeatsInput } from "#lib/seats/input";
import { readPool } from "#lib/seats/pool";
import { differenceOf, readSeatTerms } from "#lib/seats/price-seats";
import { readSeatPolicy, type SeatBilling, seatBillingRules } from "#lib/seats/seat-policy";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { PreviewedInvoice } from "#lib/stripe/gateway-previews";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

export type PreviewedSeats = {
  from: number;
  seats: number;
  billing: SeatBilling;
  interval: "month" | "year";
  /** Said again with the decision, so that what is charged is what was shown. */
  asOf: Date;
  /** What is charged as soon as it is decided; zero where it comes later. */
  dueNow: Money;
  /** The invoice that the change is on: the one of now, or the next. */
  invoice: { total: Money; at: Date; lines: PreviewedSeatLine[] };
  /** How much more or less every period costs from then on. */
  perPeriod: Money;
  isTrial: boolean;
};
export type PreviewedSeatLine = { description: string; amount: Money; isProration: boolean };

/** What another number of seats costs, by Stripe's own reckoning, before anything is decided. */
export async function previewSeats(
  ctx: TenantContext,
  { seats }: PreviewSeatsInput,
  gateway: StripeGateway = stripeGateway(),
): Promise<PreviewedSeats> {
  requirePermission(ctx, "billing:update");

  const { pool, policy, terms } = await view(ctx, async (tx) => {
    const pool = await readPool(tx, ctx.tenantId);
    if (!pool) throw new Refusal("conflict", "Your plan is not sold by seats.");
    const policy = await readSeatPolicy(tx, pool.versionId);
    return { pool, policy, terms: await readSeatTerms(tx, pool.subscriptionId) };
  });
  const live = await gateway.readSubscription(pool.subscriptionId);
  const item = live && (await view(ctx, (tx) => findSeatItem(tx, live.items)));
  if (!live || !item || !terms) throw new Refusal("conflict", "This plan has just changed.");
  const refusal = seats > pool.seats ? whyNoMore(live.status) : null;
  if (refusal) throw new Refusal("conflict", refusal, { field: "seats" });

  const asOf = ctx.now();
  const { proration } = seatBillingRules[policy.billing];
  const isInside = asOf >= item.periodStart && asOf < item.periodEnd;
  const invoice = await gateway.previewQuantity({
    ...{ subscriptionId: pool.subscriptionId, itemId: item.itemId, quantity: seats, proration },
    prorationAt: isInside ? asOf : null,
  });
  const isNow = proration === "always_invoice";
  const nothing = money(0n, terms.currency);
  return {
    ...{ from: pool.seats, seats, billing: policy.billing, interval: terms.interval, asOf },
    dueNow: isNow ? amountOf(invoice, invoice.amountDueMinor) : nothing,
    invoice: {
      total: amountOf(invoice, invoice.totalMinor),
      at: isNow ? asOf : item.periodEnd,
      lines: invoice.lines.map(({ description, amountMinor, isProration }) => {
        return { description, amount: amountOf(invoice, amountMinor), isProration };
      }),
    },
    perPeriod: differenceOf(terms, pool.seats, seats),
    isTrial: live.status === "trialing",
  };
}

function amountOf({ currency }: PreviewedInvoice, minor: bigint): Money {
  if (!isCurrency(currency)) throw new Refusal("unavailable", "This currency cannot be shown.");
  return money(minor, currency);
}
