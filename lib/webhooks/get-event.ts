import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { type Delivery, toDelivery, withLast } from "#lib/webhooks/delivery";
import type { ListedEvent } from "#lib/webhooks/list-events";
import { bodyOf } from "#lib/webhooks/message";
import { type Listener, ownerOf, requireReader, tenantOfFacts, typesOf } from "#lib/webhooks/owner";

export type EventPage = ListedEvent & {
  readonly body: string;
  readonly deliveries: readonly Delivery[];
};

/** An event of the listener's, what endpoints are sent of it, and what became of that at each. */
export async function getEvent(
  ctx: Listener,
  { reference }: { reference: string },
): Promise<EventPage> {
  requireReader(ctx);
  const tenantId = ownerOf(ctx);
  return view(ctx, async (tx) => {
    const fact = await tx.fact.findFirst({
      where: {
        ...{ reference, tenantId: tenantOfFacts(tenantId) },
        kind: { in: Object.keys(typesOf(tenantId)) },
      },
    });
    if (!fact) throw new Refusal("not_found", "There is no such event.");
    const deliveries = await tx.webhookDelivery.findMany({
      where: { reference, tenantId },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      omit: { data: true },
      include: withLast,
    });
    const { kind: type, at, objectId, data } = fact;
    return {
      ...{ reference, type, at, objectId },
      body: bodyOf({ type, occurredAt: at, data, isTest: false }),
      deliveries: deliveries.map(toDelivery),
    };
  });
}
