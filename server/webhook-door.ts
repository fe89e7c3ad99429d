import type { IncomingMessage, ServerResponse } from "node:http";
import type { Db } from "#lib/db/client";
import {
  type DeliveryAnswer,
  deliveryLimitBytes,
  receiveDelivery,
} from "#lib/events/receive-delivery";
import { newId } from "#lib/ids";
import { readBody } from "#server/read-body";

const endpoints: Record<string, "account" | "connect"> = {
  "/api/webhooks/stripe/account": "account",
  "/api/webhooks/stripe/connect": "connect",
};

/**
 * Takes Stripe's deliveries ahead of Next, whose route would cost 0.6 ms each. The function behind
 * the route handlers answers here too. Says whether the request was one of its.
 */
export function openWebhookDoor(db: Db) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const endpoint = endpoints[request.url?.split("?")[0] ?? ""];
    if (request.method !== "POST" || !endpoint) return false;
    readBody(request, deliveryLimitBytes)
      .then((rawBody) =>
        receiveDelivery(contextOf(db), {
          endpoint,
          rawBody,
          signatureHeader: request.headers["stripe-signature"]?.toString(),
        }),
      )
      .then((answer) => reply(response, answer))
      // Only a caller that went away in the middle of its body ends here.
      .catch(() => response.destroy());
    return true;
  };
}

function contextOf(db: Db) {
  return {
    db,
    now: () => new Date(),
    actor: { kind: "system", name: "stripe-webhook" },
    scope: { kind: "system" },
    origin: {},
    traceId: newId("trace"),
  } as const;
}

function reply(response: ServerResponse, { status, body }: DeliveryAnswer): void {
  const text = JSON.stringify(body);
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
  // What was too large is still arriving; the connection is of no further use.
  response.writeHead(status, status === 413 ? { ...headers, connection: "close" } : headers);
  // Nothing of it is beyond ASCII, and so it is written in the cheaper way.
  response.end(text, "latin1");
}
