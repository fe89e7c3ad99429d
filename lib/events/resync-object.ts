import type { Context } from "#lib/context";
import { type Delivery, partitionOf } from "#lib/events/delivery";
import { inboxRowOf } from "#lib/events/inbox-row";
import { storeDelivery } from "#lib/events/store-delivery";
import { newId } from "#lib/ids";

export type ResyncTarget = { account: string; objectType: string; objectId: string };

/** What an event of ours is called that asks for an object as Stripe has it now. */
export const resyncType = "lockstep.resync";

/**
 * Has an object asked for at Stripe and written as it is there, by the same way every event takes:
 * in order with the object's others, retried, and to be seen in the inbox. What is written speaks
 * for no later instant than the mirror did, so whatever Stripe tells of it afterwards is newer.
 */
export async function resyncObject(ctx: Context, target: ResyncTarget): Promise<string> {
  const { account, objectType, objectId } = target;
  const delivery: Delivery = {
    ...{ id: newId("resync"), type: resyncType, account, isLive: false, objectType, objectId },
    instant: ctx.now(),
    partition: partitionOf({ account, objectId }),
    traceId: ctx.traceId,
  };
  const row = inboxRowOf("resync", delivery, Buffer.from("{}"), {
    ...{ at: ctx.now(), isLive: false },
  });
  await storeDelivery(ctx.db, row);
  return delivery.id;
}
