import { realNowMs } from "#sandbox/clock";
import type { World } from "#sandbox/world/world";

/** The endpoints that asked for a type, by the kind of payload they get. */
interface Subscribers {
  snapshot: string[];
  thin: string[];
}

/** Who listens. A connected account's events reach Connect endpoints alone, and the platform's own
 *  the others alone: that is what keeps two endpoints with two secrets apart. */
export function subscribersTo(world: World, type: string): Subscribers {
  const platform = world.as(world.namespace.account);
  const isConnected = world.account !== platform.account;
  if (isConnected && isCutOff(platform, world.account)) return { snapshot: [], thin: [] };
  const endpoints = platform
    .list("webhook_endpoint", { status: "enabled", order: "oldest" })
    .filter(({ hidden, object }) => {
      return hidden.isConnect === isConnected && asksFor(object.enabled_events, type);
    });
  const destinations = platform
    .list("v2.core.event_destination", { status: "enabled", order: "oldest" })
    .filter(({ object }) => {
      const from = object.events_from ?? ["@self"];
      return from.includes(isConnected ? "@accounts" : "@self");
    });
  const wanting = (payload: "snapshot" | "thin", name: string) =>
    destinations
      .filter(({ object }) => object.event_payload === payload)
      .filter(({ object }) => asksFor(object.enabled_events, name))
      .map(({ object }) => object.id);

  const thinName = /^v[12]\./.test(type) ? type : `v1.${type}`;
  return {
    snapshot: [...endpoints.map(({ object }) => object.id), ...wanting("snapshot", type)],
    thin: wanting("thin", thinName),
  };
}

/** Puts an event in the outbox for one endpoint. It is sent once its transaction has committed. */
export function queueDelivery(
  world: World,
  endpoint: string,
  event: { id: string; type: string; body: string },
): void {
  world.database.run(
    "INSERT INTO deliveries (namespace, account, event, type, endpoint, body, state, " +
      "next_attempt_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    ...[world.namespace.name, world.account, event.id, event.type, endpoint, event.body],
    ...[world.namespace.isHolding ? "held" : "pending", realNowMs()],
  );
}

/** A platform hears nothing of an account that was disconnected from it. */
export function isCutOff(platform: World, account: string): boolean {
  return platform.find("v2.core.account", account)?.hidden.isDeauthorized === true;
}

function asksFor(enabled: readonly string[], type: string): boolean {
  return enabled.includes("*") || enabled.includes(type);
}
