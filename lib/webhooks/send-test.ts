import { transact } from "#lib/db/transaction";
import { newId } from "#lib/ids";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";
import { askForTurn } from "#lib/webhooks/ask-for-turn";
import { eventTypes, type WebhookEventType } from "#lib/webhooks/event-types";
import { holdEndpoint, requireOn } from "#lib/webhooks/find-endpoint";

type Test = { endpointId: string; type: WebhookEventType };

/** Sends an example of an event, marked as a test in its body. Answers with its delivery. */
export async function sendTest(ctx: TenantContext, input: Test): Promise<{ id: string }> {
  requirePermission(ctx, "developers:update");
  const createdAt = ctx.now();
  const id = newId("webhookDelivery", createdAt);

  return transact(ctx, "webhooks.send-test", async (tx) => {
    const endpoint = await holdEndpoint(tx, ctx, input.endpointId);
    requireOn(endpoint);
    const { id: endpointId, failingSince } = endpoint;
    await tx.webhookDelivery.create({
      data: {
        ...{ id, tenantId: ctx.tenantId, endpointId, reference: `test:${id}`, isTest: true },
        ...{ type: input.type, data: eventTypes[input.type].example, occurredAt: createdAt },
        ...{ status: "queued", dueAt: createdAt, createdAt },
      },
    });
    await askForTurn(tx, { endpointId, isFailing: failingSince !== null });
    return { id };
  });
}
