import { collectionId, readCollection } from "#lib/billing/collection";
import { liveStatuses } from "#lib/billing/subscription";
import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { logger } from "#lib/log";
import { isStripesNo } from "#lib/stripe/ask";
import type { StripeGateway } from "#lib/stripe/gateway";
import { asSystem } from "#lib/tenancy/as-system";

const pageSize = 100;

/**
 * Brings the plans there are to the platform's setting of tax: all of them, or none where it was
 * turned off. Where only new ones are taxed, those there are stay as they are. A subscription whose
 * customer's place nobody knows is left; it is taxed once its billing details say it.
 */
export async function taxSubscriptions(ctx: Context, gateway: StripeGateway): Promise<void> {
  const system = asSystem(ctx);
  const { tax } = await view(system, readCollection);
  if (tax !== "new") await bringAll(system, gateway, tax === "all");
  await transact(system, "payments.tax-subscriptions", (tx) =>
    tx.collectionSettings.updateMany({
      where: { id: collectionId, tax },
      data: { taxToldAt: system.now() },
    }),
  );
}

async function bringAll(ctx: Context, gateway: StripeGateway, isTaxed: boolean): Promise<void> {
  for (let after = ""; ; ) {
    const others = await findOthers(ctx, isTaxed, after);
    for (const other of others) await bring(ctx, gateway, other, isTaxed);
    const last = others.at(-1);
    if (!last || others.length < pageSize) return;
    after = last.id;
  }
}

type Other = { id: string; scheduleId: string | null };

async function bring(ctx: Context, gateway: StripeGateway, other: Other, isTaxed: boolean) {
  const { id, scheduleId } = other;
  try {
    await gateway.setAutomaticTax(id, isTaxed);
    if (scheduleId) await gateway.setScheduleTax(scheduleId, isTaxed);
  } catch (error) {
    if (!isStripesNo(error)) throw error;
    // No place is known, or it ended meanwhile: the console counts those that are left.
    logger.info({ error, subscriptionId: id, traceId: ctx.traceId }, "Stripe did not tax a plan");
  }
}

/** Live subscriptions, by their mirrors, that are not as they are to be. */
async function findOthers(ctx: Context, isTaxed: boolean, after: string): Promise<Other[]> {
  return view(
    ctx,
    (tx) => tx.$queryRaw<Other[]>`
      select id, object ->> 'schedule' as "scheduleId" from subscriptions
      where status = any(${[...liveStatuses]}) and id > ${after}
        and coalesce((object #>> '{automatic_tax,enabled}')::boolean, false) <> ${isTaxed}
      order by id limit ${pageSize}`,
  );
}
