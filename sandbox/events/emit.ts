import type Stripe from "stripe";
import { relatedTo } from "#sandbox/events/related-object";
import { queueDelivery, subscribersTo } from "#sandbox/events/subscribers";
import { hasThin, namesObject } from "#sandbox/events/thin-types";
import type { KeptThinEvent } from "#sandbox/store/kept";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

/** Every snapshot event Stripe documents. */
export type EventType = Stripe.Event["type"];

/** The version every object and event here is written in. */
export const apiVersion = "2026-10-28.endive";

/** Keeps a snapshot of what just happened and queues it for whoever listens, in one transaction
 *  with the change itself: an event is never lost and never early. */
export function emitEvent(world: World, type: EventType, object: object, previous?: object): void {
  const isConnected = world.account !== world.namespace.account;
  const subscribers = subscribersTo(world, type);
  const row = world.insert(
    "event",
    {
      id: world.newId("evt"),
      object: "event",
      ...(isConnected ? { account: world.account } : {}),
      api_version: apiVersion,
      created: world.now(),
      data: {
        object: show(world, object),
        ...(previous === undefined ? {} : { previous_attributes: previous }),
      },
      livemode: false,
      pending_webhooks: subscribers.snapshot.length,
      request: { id: world.request.id, idempotency_key: world.request.idempotencyKey },
      type,
    },
    {},
  );
  const event = { id: row.object.id, type, body: JSON.stringify(row.object) };
  for (const endpoint of subscribers.snapshot) queueDelivery(world, endpoint, event);
  if (subscribers.thin.length > 0 && hasThin(type)) {
    sendThin(world, row.object.id, type, object, subscribers.thin);
  }
}

/** Announces a change of a v2 object, which has no snapshot: only a thin event. */
export function emitThinEvent(
  world: World,
  type: string,
  about: { id: string; type: string; url: string } | undefined,
  data?: unknown,
): void {
  const event = keepThin(world, {
    type,
    ...(about === undefined ? {} : { related_object: about }),
    ...(data === undefined ? {} : { data }),
  });
  for (const endpoint of subscribersTo(world, type).thin) queueDelivery(world, endpoint, event);
}

/** Sends one destination an event that is about nothing but itself. */
export function pingDestination(world: World, id: string): string {
  const type = "v2.core.event_destination";
  const about = { id, type, url: `/v2/core/event_destinations/${id}` };
  const event = keepThin(world, { type: `${type}.ping`, related_object: about });
  queueDelivery(world, id, event);
  return event.id;
}

function sendThin(
  world: World,
  snapshot: string,
  type: EventType,
  object: unknown,
  endpoints: readonly string[],
): void {
  const event = keepThin(world, {
    type: `v1.${type}`,
    ...(namesObject(type) ? { related_object: relatedTo(object) } : {}),
    snapshot_event: snapshot,
  });
  for (const endpoint of endpoints) queueDelivery(world, endpoint, event);
}

function keepThin(
  world: World,
  fields: Pick<KeptThinEvent, "type" | "related_object" | "snapshot_event" | "data">,
) {
  const { id, idempotencyKey } = world.request;
  const isConnected = world.account !== world.namespace.account;
  const event = {
    id: world.newId("evt_test"),
    object: "v2.core.event" as const,
    ...(isConnected ? { context: world.account } : {}),
    created: new Date(world.now() * 1000).toISOString(),
    livemode: false,
    ...(id === null
      ? {}
      : { reason: { type: "request" as const, request: requestOf(id, idempotencyKey) } }),
    ...fields,
  };
  world.insert("v2.core.event", event, {}, world.now());
  const { data: _data, ...notification } = event;
  return { id: event.id, type: event.type, body: JSON.stringify(notification) };
}

function requestOf(id: string, key: string | null) {
  return { id, idempotency_key: key ?? "" };
}
