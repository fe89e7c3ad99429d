import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";
import { type Attempt, type Delivery, toDelivery } from "#lib/webhooks/delivery";
import { bodyOf } from "#lib/webhooks/message";

export type DeliveryPage = Delivery & {
  readonly body: string;
  readonly tries: readonly Attempt[];
  readonly isEndpointOn: boolean;
};

const mostTries = 50;

/** A delivery of the tenant's, with what is sent and every try of it, the newest first. */
export async function getDelivery(
  ctx: TenantContext,
  { deliveryId }: { deliveryId: string },
): Promise<DeliveryPage> {
  requirePermission(ctx, "developers:read");
  const found = await view(ctx, (tx) =>
    tx.webhookDelivery.findFirst({
      where: { id: deliveryId, tenantId: ctx.tenantId },
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
