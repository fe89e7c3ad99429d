import type { Context } from "#lib/context";
import { Prisma } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import type { Effects } from "#lib/events/converger";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import { keepFact } from "#lib/usage/keep-fact";
import { type Aggregation, isAdditive } from "#lib/usage/meter";

type Window = {
  tenantId: string;
  meterKey: string;
  aggregation: Aggregation;
  meterId: string;
  customerId: string;
  from: Date;
  to: Date;
};

const hourMs = 3_600_000;
const atOnce = 200;
const staysMs = 2 * hourMs;

/**
 * Compares what Stripe was sent of the running periods with what it says it counted, and keeps
 * both. Stripe counts what it is streamed some minutes later, so a difference is drift once it
 * stays: after two hours the console is told.
 */
export async function compareUsage(
  ctx: Context,
  gateway: StripeGateway = stripeGateway(),
  effects: Effects = async () => {},
): Promise<{ compared: number; drifted: number }> {
  let after = "";
  let compared = 0;
  let drifted = 0;
  for (;;) {
    const windows = await readWindows(ctx, after);
    if (windows.length === 0) return { compared, drifted };
    for (const window of windows) {
      const range = rangeOf(window, ctx.now());
      if (!range) continue;
      await gateway.waitForTurn("");
      const counted = await gateway.readMeterCount({ ...window, ...range });
      if (await keep(ctx, window, { ...range, counted }, effects)) drifted += 1;
      compared += 1;
    }
    const last = windows.at(-1)!;
    after = `${last.tenantId} ${last.meterKey}`;
  }
}

/** True where two counts are one: Stripe's is a number on the wire, with a number's digits. */
export function agrees(left: number, right: number): boolean {
  return Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(left), Math.abs(right));
}

function readWindows(ctx: Context, after: string): Promise<Window[]> {
  return view(
    ctx,
    (tx) => tx.$queryRaw<Window[]>`
      select i.tenant_id as "tenantId", m.key as "meterKey", m.aggregation::text as aggregation,
        m.stripe_meter_id as "meterId", t.stripe_customer_id as "customerId",
        min(i.period_start_at) as "from", max(i.period_end_at) as "to"
      from stripe_subscription_items i
        join subscriptions s on s.id = i.subscription_id and s.status <> 'canceled'
        join prices p on p.stripe_price_id = i.price_id join components c on c.id = p.component_id
        join meters m on m.key = c.meter_key and m.stripe_meter_id is not null
        join tenants t on t.id = i.tenant_id and t.stripe_customer_id is not null
      where i.period_start_at is not null and i.tenant_id || ' ' || m.key > ${after}
      group by 1, 2, 3, 4, 5 order by i.tenant_id || ' ' || m.key limit ${atOnce}`,
  );
}

/** Whole hours where hours add up, because Stripe cuts no finer than a minute and periods do. */
function rangeOf({ aggregation, from, to }: Window, now: Date): { from: Date; to: Date } | null {
  const end = Math.min(to.getTime(), now.getTime());
  const grid = isAdditive(aggregation) ? hourMs : 60_000;
  const first = isAdditive(aggregation)
    ? Math.ceil(from.getTime() / grid) * grid
    : Math.floor(from.getTime() / grid) * grid;
  const last = isAdditive(aggregation)
    ? Math.floor(end / grid) * grid
    : Math.ceil(end / grid) * grid;
  return last > first ? { from: new Date(first), to: new Date(last) } : null;
}

async function keep(
  ctx: Context,
  { tenantId, meterKey, aggregation }: Window,
  { from, to, counted }: { from: Date; to: Date; counted: string },
  effects: Effects,
): Promise<boolean> {
  return transact(ctx, "usage.keep-comparison", async (tx) => {
    const where = { tenantId, meterKey, sentAt: { not: null }, stampedAt: { gte: from, lt: to } };
    const flushes = await tx.usageFlush.findMany({ where, orderBy: { stampedAt: "asc" } });
    const sent = isAdditive(aggregation)
      ? Prisma.Decimal.sum(0, ...flushes.map(({ value }) => value))
      : (flushes.at(-1)?.value ?? 0);
    const known = await tx.usageComparison.findUnique({
      where: { tenantId_meterKey: { tenantId, meterKey } },
    });
    const isDrift = !agrees(Number(sent), Number(counted));
    const driftedAt = isDrift ? (known?.driftedAt ?? ctx.now()) : null;
    const row = { startsAt: from, endsAt: to, sent, counted, comparedAt: ctx.now(), driftedAt };
    await tx.usageComparison.upsert({
      where: { tenantId_meterKey: { tenantId, meterKey } },
      create: { tenantId, meterKey, ...row },
      update: row,
    });
    if (driftedAt && ctx.now().getTime() - driftedAt.getTime() >= staysMs) {
      await keepFact(tx, ctx, effects, {
        ...{ kind: "usage.drifted", tenantId },
        reference: `usage_drift:${tenantId}:${meterKey}:${driftedAt.toISOString()}`,
        data: { meter: meterKey, sent: sent.toString(), counted },
      });
    }
    return isDrift;
  });
}
