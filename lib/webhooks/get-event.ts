import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";
import { type Delivery, toDelivery, withLast } from "#lib/webhooks/delivery";
import { eventTypes } from "#lib/webhooks/event-types";
import type { TenantEvent } from "#lib/webhooks/list-events";
import { bodyOf } from "#lib/webhooks/message";

export type EventPage = TenantEvent & {
  readonly body: string;
  readonly deliveries: readonly Delivery[];
};

/** An event of the tenant's, what endpoints are sent of it, and what became of that at each. */
export async function getEvent(
  ctx: TenantContext,
  { reference }: { reference: string },
): Promise<EventPage> {
  requirePermission(ctx, "developers:read");
  const { tenantId } = ctx;
  return view(ctx, async (tx) => {
    const fact = await tx.fact.findFirst({
      where: { reference, tenantId, kind: { in: Object.keys(eventTypes) } },
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
