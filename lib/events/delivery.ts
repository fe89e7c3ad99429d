import { hash } from "node:crypto";
import { z } from "zod";
import { newId } from "#lib/ids";

/** The inbox is cut into this many partitions; a worker leases them. */
export const partitionCount = 64;

export type Endpoint = "account" | "connect";
/** How an event came: by one of Stripe's webhooks, from its list, or asked for by ourselves. */
export type Source = Endpoint | "backfill" | "resync";

/** What we read of a delivery before anything is done with it. */
export type Delivery = {
  id: string;
  type: string;
  /** The connected account it speaks of; empty for the platform's own. */
  account: string;
  isLive: boolean;
  objectType: string;
  objectId: string;
  /** When it was true at Stripe. */
  instant: Date;
  partition: number;
  traceId: string;
};

const id = z.string().min(1).max(255);
const sentAlong = /^trc_\w{1,60}$/;

/** The classic event: the object as it was at that moment is inside. */
const snapshot = z.object({
  object: z.literal("event"),
  id,
  type: id,
  account: z.string().max(255).nullish(),
  livemode: z.boolean(),
  created: z.number().int(),
  data: z.object({ object: z.looseObject({ id: id.optional(), object: z.string().max(100) }) }),
});

/** The event notification: it only names the object, which is then asked for. */
const thin = z.object({
  object: z.literal("v2.core.event"),
  id,
  type: id,
  context: z.string().max(255).nullish(),
  livemode: z.boolean(),
  created: z.iso.datetime(),
  // What there is one of, a balance or settings, is named by its type alone.
  related_object: z.object({ id: id.optional(), type: z.string().max(100) }).nullish(),
  snapshot_event: id.nullish(),
});

const shape = z.discriminatedUnion("object", [snapshot, thin]);

/** Reads a verified body, snapshot or thin. Undefined where it is neither. */
export function readDelivery(body: unknown): Delivery | undefined {
  const parsed = shape.safeParse(body);
  if (!parsed.success) return undefined;
  const event = parsed.data;
  return event.object === "event" ? ofSnapshot(event) : ofThin(event);
}

function ofSnapshot(event: z.infer<typeof snapshot>): Delivery {
  const { object } = event.data;
  return complete({
    id: event.id,
    type: event.type,
    account: event.account ?? "",
    isLive: event.livemode,
    objectType: isForetold(event.type) ? "upcoming_invoice" : object.object,
    objectId: nameOf(object),
    instant: new Date(event.created * 1000),
    traceId: traceOf(object),
  });
}

function ofThin(event: z.infer<typeof thin>): Delivery {
  return complete({
    // Both forms of one event are one event.
    id: event.snapshot_event ?? event.id,
    type: event.type.replace(/^v1\./, ""),
    account: event.context ?? "",
    isLive: event.livemode,
    objectType: event.related_object?.type ?? "none",
    objectId: event.related_object?.id ?? event.related_object?.type ?? event.type,
    // To the second, as in the other form: a copy is known by its id and its instant.
    instant: new Date(Math.floor(Date.parse(event.created) / 1000) * 1000),
    traceId: newId("trace"),
  });
}

/** The invoice that will be is none yet: it has no id, and a mirror of it would be of nothing. */
function isForetold(type: string): boolean {
  return type.replace(/^v1\./, "") === "invoice.upcoming";
}

/** What has no id is one of its kind: a customer's entitlements, an account's balance. */
function nameOf({ id, object, customer }: z.infer<typeof snapshot>["data"]["object"]): string {
  return id ?? (typeof customer === "string" ? customer : object);
}

/** True of what tells that an account was connected to the platform, or is no more. */
export function isAboutAccess(type: string): boolean {
  return /^account\.application\.(de)?authorized$/.test(type);
}

/** An account is the platform's object, whether it tells of itself or the platform hears of it. */
function complete(told: Omit<Delivery, "partition">): Delivery {
  const { account, type } = told;
  // It names our application; what changed is what we may know of the account.
  const about = isAboutAccess(type) && account !== "";
  const delivery = about ? { ...told, objectType: "v2.core.account", objectId: account } : told;
  const isAccount = /^(v2\.core\.)?account$/.test(delivery.objectType);
  const whole = isAccount ? { ...delivery, account: "" } : delivery;
  return { ...whole, partition: partitionOf(whole) };
}

/** Which of the inbox's partitions an object is in. */
export function partitionOf({ account, objectId }: { account: string; objectId: string }): number {
  const digest = hash("sha256", `${account}\n${objectId}`, "buffer");
  return digest.readUInt32BE(0) % partitionCount;
}

/** The trace we sent along when the object was made, or a new one. */
function traceOf(object: Record<string, unknown>): string {
  const parent = object.parent as { subscription_details?: { metadata?: unknown } } | null;
  for (const metadata of [object.metadata, parent?.subscription_details?.metadata]) {
    const found = (metadata as { trace_id?: unknown } | null | undefined)?.trace_id;
    // By hand: most objects have none, and zod makes an error of each that has not.
    if (typeof found === "string" && sentAlong.test(found)) return found;
  }
  return newId("trace");
}
