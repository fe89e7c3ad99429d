import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { isStripesNo } from "#lib/stripe/ask";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";

/** Brings Stripe's meter to what ours is: its name, and whether it counts. Twice is as once. */
export async function keepMeter(
  ctx: Context,
  { key }: { key: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<void> {
  const meter = await view(ctx, (tx) => tx.meter.findUnique({ where: { key } }));
  if (!meter?.stripeMeterId) return;
  const { stripeMeterId: meterId, name, eventName, deactivatedAt } = meter;
  const found = await gateway.findMeter(eventName);
  if (found?.meterId !== meterId) return;
  const isActive = deactivatedAt === null;
  if (isActive && !found.isActive) await gateway.reactivateMeter(meterId);
  if (found.name !== name) await gateway.renameMeter({ meterId, name });
  if (!isActive && found.isActive) {
    await gateway.deactivateMeter(meterId).catch((error) => {
      // Where a price of a retired plan still stands on it, Stripe keeps it; ours refuses anyway.
      if (!isStripesNo(error)) throw error;
    });
  }
}
