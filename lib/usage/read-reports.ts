import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact, view } from "#lib/db/transaction";
import type { Effects } from "#lib/events/converger";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { MeterReport } from "#lib/stripe/gateway-meters";
import { keepFact } from "#lib/usage/keep-fact";

type Told = { id: string; instant: Date };

const atOnce = 50;

/**
 * What is streamed is checked by Stripe afterwards: a notification says what it did not count. Each
 * is read once, what it names counts as refused and can be sent again, and the console is told.
 */
export async function readReports(
  ctx: Context,
  effects: Effects,
  gateway: StripeGateway = stripeGateway(),
): Promise<{ read: number }> {
  const told = await readTold(ctx);
  for (const one of told) {
    const report = await gateway.readMeterReport(one.id);
    await transact(ctx, "usage.keep-report", (tx) => keep(tx, ctx, { ...one, report }, effects));
  }
  return { read: told.length };
}

function readTold(ctx: Context): Promise<Told[]> {
  return view(
    ctx,
    (tx) => tx.$queryRaw<Told[]>`
      select i.id, i.instant from inbox_events i
      where i.type in ('billing.meter.error_report_triggered', 'billing.meter.no_meter_found')
        and not exists (select from usage_reports r where r.id = i.id)
      order by i.received_at limit ${atOnce}`,
  );
}

type Reported = Told & { report: MeterReport };

async function keep(
  tx: Tx,
  ctx: Context,
  { id, instant, report }: Reported,
  effects: Effects,
): Promise<void> {
  const { summary, errorCount, errors, meterId } = report;
  const meter = meterId && (await tx.meter.findUnique({ where: { stripeMeterId: meterId } }));
  const meterKey = meter ? meter.key : null;
  const row = { id, meterKey, errorCount, errors, summary, toldAt: instant, readAt: ctx.now() };
  const { count } = await tx.usageReport.createMany({ data: [row], skipDuplicates: true });
  if (count === 0) return;
  for (const { code, samples } of errors) {
    for (const { identifier, message } of samples) {
      await tx.usageFlush.updateMany({
        where: { id: identifier, refusedAt: null },
        data: { refusedAt: ctx.now(), sentAt: null, error: `${message} (${code})` },
      });
    }
  }
  await keepFact(tx, ctx, effects, {
    ...{ kind: "usage.refused", reference: `usage_report:${id}`, tenantId: null },
    data: { reportId: id, meter: meterKey, errors: errorCount, summary },
  });
}
