import { amountOf, bounded, correctionOf } from "#lib/catalog/price-of";
import { toPrice } from "#lib/catalog/read-version";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { env } from "#lib/env";
import { newId } from "#lib/ids";
import { plainDecimal } from "#lib/usage/event";
import { type Aggregation, isAdditive } from "#lib/usage/meter";
import { usageSoFar } from "#lib/usage/usage-so-far";

/** A period of usage on an invoice. */
export type BilledPeriod = {
  tenantId: string;
  /** Of a period without a line, the change that closed it. */
  invoiceId: string;
  priceId: string;
  meterKey: string;
  from: Date;
  to: Date;
  isDraft: boolean;
  finalizedAt: Date | null;
  /** Stripe has no line for it: it knew of no usage when another price took this one's place. */
  isUnbilled: boolean;
};

type Policy = "bill" | "credit" | "show";

/** What happens to usage that came too late: charged, only credited, or only shown. */
export function isWaived(policy: Policy, minor: bigint): boolean {
  return policy === "show" || (policy === "credit" && minor > 0n);
}

/**
 * What is still to be decided of a difference: `minor` is what usage comes to less what was or will
 * be charged, `waivedMinor` what of that was kept back before. What is kept back once is not
 * charged under a later policy, and is never given back, as nobody paid it.
 */
export function toDecide(policy: Policy, minor: bigint, waivedMinor: bigint): bigint {
  if (isWaived(policy, minor)) return minor - waivedMinor;
  const [least, most] = minor < 0n ? [minor, 0n] : [0n, minor];
  const kept = waivedMinor < least ? least : waivedMinor > most ? most : waivedMinor;
  return minor - kept;
}

/**
 * Writes down what an invoice lacks or has too much of for one meter, in money: what its usage
 * comes to now, less what Stripe was told in time and what was already adjusted. Nothing where it
 * is even.
 */
export async function decideAdjustment(
  tx: Tx,
  ctx: Context,
  period: BilledPeriod,
  policy: Policy = env().USAGE_AFTER_INVOICE,
): Promise<void> {
  const { tenantId, invoiceId, meterKey, from, to } = period;
  const row = await tx.price.findUnique({
    where: { stripePriceId: period.priceId },
    include: { component: { include: { meter: true } } },
  });
  const price = row && toPrice(row);
  const meter = row?.component.meter;
  if (!row || !price || !meter) return;
  const included = String(row.component.included);
  const counted = await usageSoFar(tx, { tenantId, meterKey, from, to });
  const billed = await readBilled(tx, period, { counted, aggregation: meter.aggregation });
  const known = await tx.usageAdjustment.findMany({
    where: { invoiceId, meterKey, periodStartAt: from },
  });
  const sumOf = (rows: typeof known) => rows.reduce((sum, row) => sum + row.amountMinor, 0n);
  const waived = known.filter(({ waivedAt }) => waivedAt !== null);
  const charged = amountOf(price, included, billed) + sumOf(known) - sumOf(waived);
  const missing = bounded(amountOf(price, included, counted), price) - charged;
  const amountMinor = toDecide(policy, missing, sumOf(waived));
  if (amountMinor === 0n) return;

  const correction = correctionOf(amountOf(price, included, counted), price);
  // No invoice is its own: the bound is part of what comes late.
  const isBound = known.length === 0 && correction !== 0n && !period.isUnbilled;
  const isMore = correction > 0n;
  const why = isBound ? (isMore ? "minimum" : "cap") : "late";
  const waivedAt = why === "late" && isWaived(policy, missing) ? ctx.now() : null;
  await tx.usageAdjustment.create({
    data: {
      ...{
        id: newId("usageAdjustment", ctx.now()),
        tenantId,
        meterKey,
        invoiceId,
        why,
        amountMinor,
      },
      ...{ componentKey: row.component.key, currency: price.currency, billed, counted, waivedAt },
      ...{ periodStartAt: from, periodEndAt: to, createdAt: ctx.now() },
    },
  });
}

/** What Stripe had been told of a period when its invoice was finalised. */
async function readBilled(
  tx: Tx,
  { tenantId, meterKey, from, to, finalizedAt, isDraft, isUnbilled }: BilledPeriod,
  { counted, aggregation }: { counted: string; aggregation: Aggregation },
): Promise<string> {
  // Usage Stripe was not told of yet is still in time for a draft.
  if (isDraft) return counted;
  if (isUnbilled) return "0";
  const flushes = await tx.usageFlush.findMany({
    where: {
      ...{ tenantId, meterKey, refusedAt: null, startsAt: { gte: from, lt: to } },
      sentAt: { lte: finalizedAt ?? to },
    },
    orderBy: { stampedAt: "asc" },
  });
  const values = flushes.map(({ value }) => value);
  const sum = isAdditive(aggregation) ? Prisma.Decimal.sum(0, ...values) : values.at(-1);
  // Stripe bills a quantity below zero as none.
  return plainDecimal(Prisma.Decimal.max(0, sum ?? 0).toFixed());
}
