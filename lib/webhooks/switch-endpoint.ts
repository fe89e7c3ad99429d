import { transact } from "#lib/db/transaction";
import { holdEndpoint } from "#lib/webhooks/find-endpoint";
import { type Listener, requireChanger } from "#lib/webhooks/owner";
import { failWaiting } from "#lib/webhooks/turn-off";

type Switch = { endpointId: string; isOn: boolean };

/**
 * Turns an endpoint on or off. Off, nothing is sent, and what waited has failed. On again, it
 * begins with a clean slate: five more days of failures until it is turned off by itself.
 */
export async function switchEndpoint(ctx: Listener, input: Switch): Promise<void> {
  requireChanger(ctx);
  const action = input.isOn ? "webhooks.enable-endpoint" : "webhooks.disable-endpoint";

  await transact(ctx, action, async (tx) => {
    const { id, state } = await holdEndpoint(tx, ctx, input.endpointId);
    if ((state !== "off") === input.isOn) return;
    await tx.webhookEndpoint.update({
      where: { id },
      data: input.isOn
        ? { disabledAt: null, disabledBecause: null }
        : { disabledAt: ctx.now(), disabledBecause: "person" },
    });
    if (input.isOn) {
      const clean = { failingSince: null };
      await tx.webhookStanding.update({ where: { endpointId: id }, data: clean });
    } else {
      await failWaiting(tx, id, ctx.now());
    }
  });
}
