import { z } from "zod";
import { instant } from "#lib/wire";

/** What the API answers about webhook endpoints, deliveries and events. */

const endpoint = z.object({
  id: z.string(),
  url: z.string(),
  description: z.string(),
  types: z.array(z.string()),
  createdAt: instant,
  state: z.enum(["on", "failing", "off"]),
  disabledAt: instant.nullable(),
  disabledBecause: z.enum(["person", "failing", "gone"]).nullable(),
  failingSince: instant.nullable().describe("Since when nothing but failures came of it."),
  turnsOffAt: instant.nullable().describe("When it is turned off if that goes on."),
  lastTriedAt: instant.nullable(),
  lastDeliveredAt: instant.nullable(),
});
export const endpointAnswer = endpoint.meta({ id: "WebhookEndpoint" });

export const endpointPageAnswer = endpoint
  .extend({
    secrets: z
      .array(z.object({ id: z.string(), createdAt: instant, endsAt: instant.nullable() }))
      .describe("The spans of the secrets that sign now; never the secrets."),
  })
  .meta({ id: "WebhookEndpointWithSecrets" });

const attempt = z.object({
  number: z.int(),
  startedAt: instant,
  url: z.string(),
  requestHeaders: z.record(z.string(), z.string()),
  durationMs: z.int().nullable().describe("Null: under way, or its sender died."),
  status: z.int().nullable(),
  error: z.string().nullable(),
  responseHeaders: z.record(z.string(), z.string()).nullable(),
  responseBody: z.string().nullable(),
});

const delivery = z.object({
  id: z.string(),
  endpointId: z.string(),
  url: z.string(),
  reference: z.string().describe("Of the event; of a test, one of its own."),
  type: z.string(),
  isTest: z.boolean(),
  state: z.enum(["queued", "sending", "retrying", "delivered", "failed"]),
  attempts: z.int(),
  attemptsNow: z.int().describe("Since the last replay."),
  dueAt: instant.nullable(),
  occurredAt: instant,
  createdAt: instant,
  last: attempt.pick({ status: true, error: true, durationMs: true, startedAt: true }).nullable(),
});
export const deliveryAnswer = delivery.meta({ id: "WebhookDelivery" });

export const deliveryPageAnswer = delivery
  .extend({
    body: z.string().describe("What is sent, as it is sent."),
    tries: z.array(attempt).describe("The newest first."),
    isEndpointOn: z.boolean(),
  })
  .meta({ id: "WebhookDeliveryWithTries" });

const event = z.object({
  reference: z.string().describe("The event's id, such as `invoice:in_1:paid`."),
  type: z.string(),
  at: instant,
  objectId: z.string().describe("Of Stripe's object it is about."),
});
export const eventAnswer = event.meta({ id: "Event" });

export const eventPageAnswer = event
  .extend({
    body: z.string().describe("What endpoints are sent of it."),
    deliveries: z.array(deliveryAnswer),
  })
  .meta({ id: "EventWithDeliveries" });

export const replayedAnswer = z
  .object({
    failed: z.int().describe("Failed before, and sent again."),
    missed: z.int().describe("Never queued for this endpoint, because it was off or not there."),
    isAll: z.boolean().describe("False: there is more; ask again."),
  })
  .meta({ id: "Replayed" });
