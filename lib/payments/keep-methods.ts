import { collectionId, readCollection } from "#lib/billing/collection";
import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { MethodConfiguration, MethodWishes } from "#lib/stripe/gateway-collection";
import { asSystem } from "#lib/tenancy/as-system";

/**
 * Has Stripe offer the ways to pay that were decided on, in a configuration of our own. Run again
 * it finds nothing to do; what somebody switched in Stripe's dashboard is switched back, and one
 * that is gone is made anew. Nothing decided, nothing made: Stripe's default counts then.
 */
export async function keepMethods(ctx: Context, gateway: StripeGateway): Promise<void> {
  const system = asSystem(ctx);
  const { methods, methodConfigurationId } = await view(system, readCollection);
  if (Object.keys(methods).length === 0 && methodConfigurationId === null) return;
  const known =
    (methodConfigurationId && (await gateway.findMethodConfiguration(methodConfigurationId))) ||
    (await gateway.findOwnMethodConfiguration());
  const kept = known?.isActive ? await bringUp(gateway, known, methods) : null;
  const { id } = kept ?? (await gateway.createMethodConfiguration(methods));
  await transact(system, "payments.keep-methods", (tx) =>
    tx.collectionSettings.updateMany({
      // Decided anew meanwhile: another run is on its way, and says when it is done.
      where: { id: collectionId, methods: { equals: methods } },
      data: { methodConfigurationId: id, methodsToldAt: system.now() },
    }),
  );
}

async function bringUp(
  gateway: StripeGateway,
  known: MethodConfiguration,
  wanted: MethodWishes,
): Promise<MethodConfiguration> {
  const differs = [...known.methods].flatMap(([type, { wish }]) => {
    const isOn = wanted[type] ?? null;
    const asWanted = isOn === null ? "none" : isOn ? "on" : "off";
    return wish === asWanted ? [] : [[type, isOn] as const];
  });
  if (differs.length === 0) return known;
  return gateway.updateMethodConfiguration(known.id, Object.fromEntries(differs));
}
