import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { type Attempt, type Delivery, toDelivery } from "#lib/webhooks/delivery";
import { bodyOf } from "#lib/webhooks/message";
import { type Listener, ownerOf, requireReader } from "#lib/webhooks/owner";

export type DeliveryPage = Delivery & {
  readonly body: string;
  readonly tries: readonly Attempt[];
  readonly isEndpointOn: boolean;
};

const mostTries = 50;

/** A delivery of the tenant's, with what is sent and every try of it, the newest first. */
export async function getDelivery(
  ctx: Listener,
  { deliveryId }: { deliveryId: string },
): Promise<DeliveryPage> {
  requireReader(ctx);
  const found = await view(ctx, (tx) =>
    tx.webhookDelivery.findFirst({
      where: { id: deliveryId, tenantId: ownerOf(ctx) },
      include: {
        endpoint: { select: { url: true, disabledAt: true } },
        tries: {
          orderBy: { number: "desc" },
          take: mostTries,
          omit: { tenantId: true, deliveryId: true },
        },
      },
    }),
  );
  if (!found) throw new Refusal("not_found", "There is no such delivery.");
  return {
    ...toDelivery(found),
    body: bodyOf(found),
    tries: found.tries.map(({ requestHeaders, responseHeaders, ...attempt }) => ({
      ...attempt,
      requestHeaders: requestHeaders as Attempt["requestHeaders"],
      responseHeaders: responseHeaders as Attempt["responseHeaders"],
    })),
    isEndpointOn: found.endpoint.disabledAt === null,
  };
}
