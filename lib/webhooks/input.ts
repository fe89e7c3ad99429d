import { z } from "zod";
import { eventTypeNames, type WebhookEventType } from "#lib/webhooks/event-types";
import { type PlatformEventType, platformEventTypeNames } from "#lib/webhooks/platform-event-types";

export const deliveryStatuses = ["queued", "delivered", "failed"] as const;

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

/** What an owner may ask for, by the types of events it can be told of. */
function inputsOf<const Name extends string>(names: readonly [Name, ...Name[]]) {
  const eventType = z.enum(names, "There is no such type of event.");
  const types = z
    .array(eventType)
    .min(1, "Choose at least one type of event.")
    .transform((chosen) => names.filter((name) => chosen.includes(name)));
  const deliveries = z.object({
    endpoint: z.string().max(100).optional(),
    status: z.enum(deliveryStatuses).optional(),
    type: eventType.optional(),
    cursor,
  });
  return {
    create: z.object({ url, description: description.default(""), types }),
    update: z
      .object({ url: url.optional(), description: description.optional(), types: types.optional() })
      .refine(
        (sent) => Object.values(sent).some((value) => value !== undefined),
        "Say what to change.",
      ),
    test: z.object({ type: eventType }),
    deliveries,
    events: deliveries.pick({ type: true, cursor: true }),
  };
}

/** What becomes of the secret that signed so far: it signs for a day more, or ends at once. */
export const rotateSecretInput = z.object({ old: z.enum(["keep", "end"]).default("keep") });
export type RotateSecretInput = z.output<typeof rotateSecretInput>;

/** How far back messages can be sent again. */
export const replayDays = 30;
export const replaySinceInput = z.object({ since: z.iso.datetime({ offset: true }) });

/** The edge of a workspace. */
export const tenantInputs = inputsOf(eventTypeNames as [WebhookEventType, ...WebhookEventType[]]);
/** The edge of the platform's own endpoints. */
export const platformInputs = inputsOf(
  platformEventTypeNames as [PlatformEventType, ...PlatformEventType[]],
);

export type CreateEndpointInput = Readonly<{
  url: string;
  description: string;
  types: readonly string[];
}>;
export type UpdateEndpointInput = {
  [Key in keyof CreateEndpointInput]?: CreateEndpointInput[Key] | undefined;
};
/** A page of deliveries: newest first, `cursor` from the page before. */
export type DeliveryQuery = Omit<z.output<typeof tenantInputs.deliveries>, "type"> & {
  type?: string | undefined;
};
export type EventQuery = Pick<DeliveryQuery, "type" | "cursor">;
