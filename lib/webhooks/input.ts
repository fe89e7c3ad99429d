import { z } from "zod";
import { eventTypeNames } from "#lib/webhooks/event-types";

const eventType = z.enum(eventTypeNames, "There is no such type of event.");
const printable = /^\P{Cc}*$/u;
const cursor = z.string().max(200).optional();

const url = z
  .string("Enter the address to send to.")
  .trim()
  .min(1, "Enter the address to send to.")
  .max(2_000, "An address has at most 2,000 characters.");
const description = z
  .string()
  .trim()
  .max(200, "A description has at most 200 characters.")
  .regex(printable, "A description is one line.");
const types = z
  .array(eventType)
  .min(1, "Choose at least one type of event.")
  .transform((chosen) => eventTypeNames.filter((name) => chosen.includes(name)));

export const createEndpointInput = z.object({ url, description: description.default(""), types });
export type CreateEndpointInput = z.output<typeof createEndpointInput>;

export const updateEndpointInput = z
  .object({ url: url.optional(), description: description.optional(), types: types.optional() })
  .refine(
    (sent) => Object.values(sent).some((value) => value !== undefined),
    "Say what to change.",
  );
export type UpdateEndpointInput = z.output<typeof updateEndpointInput>;

/** What becomes of the secret that signed so far: it signs for a day more, or ends at once. */
export const rotateSecretInput = z.object({ old: z.enum(["keep", "end"]).default("keep") });
export type RotateSecretInput = z.output<typeof rotateSecretInput>;

export const sendTestInput = z.object({ type: eventType });

/** How far back messages can be sent again. */
export const replayDays = 30;
export const replaySinceInput = z.object({ since: z.iso.datetime({ offset: true }) });

export const deliveryStatuses = ["queued", "delivered", "failed"] as const;

/** A page of deliveries: newest first, `cursor` from the page before. */
export const deliveryQuery = z.object({
  endpoint: z.string().max(100).optional(),
  status: z.enum(deliveryStatuses).optional(),
  type: eventType.optional(),
  cursor,
});
export type DeliveryQuery = z.output<typeof deliveryQuery>;

export const eventQuery = deliveryQuery.pick({ type: true, cursor: true });
export type EventQuery = z.output<typeof eventQuery>;
