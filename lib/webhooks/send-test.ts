import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { askForTurn } from "#lib/webhooks/ask-for-turn";
import { holdEndpoint, requireOn } from "#lib/webhooks/find-endpoint";
import { type Listener, ownerOf, requireChanger, typesOf } from "#lib/webhooks/owner";

type Test = { endpointId: string; type: string };

/** Sends an example of an event, marked as a test in its body. Answers with its delivery. */
export async function sendTest(ctx: Listener, input: Test): Promise<{ id: string }> {
  requireChanger(ctx);
  const tenantId = ownerOf(ctx);
  const about = typesOf(tenantId)[input.type];
  if (!about) throw new Refusal("invalid", "There is no such type of event.", { field: "type" });
  const createdAt = ctx.now();
  const id = newId("webhookDelivery", createdAt);

  return transact(ctx, "webhooks.send-test", async (tx) => {
    const endpoint = await holdEndpoint(tx, ctx, input.endpointId);
    requireOn(endpoint);
    const { id: endpointId, failingSince } = endpoint;
    await tx.webhookDelivery.create({
      data: {
        ...{ id, tenantId, endpointId, reference: `test:${id}`, isTest: true },
        ...{ type: input.type, data: about.example, occurredAt: createdAt },
        ...{ status: "queued", dueAt: createdAt, createdAt },
      },
    });
    await askForTurn(tx, { endpointId, isFailing: failingSince !== null });
    return { id };
  });
}
