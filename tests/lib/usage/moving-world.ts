import { startCheckout } from "#lib/billing/start-checkout";
import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import type { Inbox } from "#lib/events/inbox-worker";
import type { TenantContext } from "#lib/tenancy/context";
import type { World } from "#tests/lib/billing/world";
import { newOwner } from "#tests/support/people";

/** A world whose clock only goes on, for us and for Stripe together, and who subscribes in it. */
export function movingWorld(world: World, inbox: Inbox) {
  let aheadMs = 0;
  const now = () => new Date(Date.now() + aheadMs);
  const system = (): Context => ({ ...world.system, now });

  const subscribe = async (
    plan: string,
    currency: "usd" | "jpy" = "usd",
  ): Promise<TenantContext> => {
    const { owner } = await newOwner(system());
    const choice = { plan, interval: "month", currency, seats: 1 } as const;
    const { checkoutId } = await startCheckout(owner, choice, world.gateway);
    const row = await view(owner, (tx) =>
      tx.checkout.findUniqueOrThrow({ where: { id: checkoutId } }),
    );
    await world.act(`checkout/${row.stripeSessionId}/complete`);
    await world.settle(inbox);
    return owner;
  };
  const pass = async (ms: number): Promise<void> => {
    const seconds = Math.ceil(ms / 1000);
    const clock = await world.act<{ now: number }>("clock", { advance_seconds: seconds });
    // Stripe's seconds are whole. Never behind them, or what is used now was used before its period.
    aheadMs = clock.now * 1000 + 999 - Date.now();
    await world.settle(inbox);
  };
  return { now, system, subscribe, pass };
}
