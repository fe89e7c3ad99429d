import type { AdminActs } from "#sandbox/admin/call";
import type { Moves } from "#sandbox/console/moves";
import type { Engine } from "#sandbox/engine";
import type { Namespace } from "#sandbox/world/namespace";
import type { Scheduler } from "#sandbox/world/scheduler";
import { openWorld, type World } from "#sandbox/world/world";

/** What the console works with, whichever world is looked at. */
export interface ConsoleSource {
  engine: Engine;
  scheduler: Scheduler;
  acts: AdminActs;
  /** Where this server is reached, for the requests the console makes of its own API. */
  origin: () => string;
}

/** Where a person stands: an account of a world. */
export interface Place extends ConsoleSource {
  moves: Moves;
  namespace: Namespace;
  account: string;
  isPlatform: boolean;
  /** For looking alone: whatever changes goes through the API's own handlers. */
  world: World;
  url: URL;
}

/** Finds the world and account an address names, if they are there. */
export function findPlace(
  source: ConsoleSource & { moves: Moves },
  name: string,
  url: URL,
): Place | undefined {
  const { engine } = source;
  const namespace = engine.namespaces.opened().find((each) => each.name === name);
  if (namespace === undefined) return undefined;
  const account = url.searchParams.get("account") || namespace.account;
  const { database } = engine;
  const platform = openWorld({ database, namespace, account: namespace.account, origin: "" });
  const isPlatform = account === namespace.account;
  if (!isPlatform && platform.find("v2.core.account", account) === undefined) return undefined;
  return { ...source, namespace, account, isPlatform, world: platform.as(account), url };
}

/** The address of a page of this world that stays in the account that is looked at. */
export function href(place: Place, path = "", query: Record<string, string> = {}): string {
  const kept = place.isPlatform ? {} : { account: place.account };
  const search = new URLSearchParams({ ...kept, ...query }).toString();
  return `/w/${place.namespace.name}${path}${search === "" ? "" : `?${search}`}`;
}

/** The address of an object, in the account it belongs to. */
export function objectHref(place: Place, id: string, account = place.account): string {
  const query = account === place.namespace.account ? {} : { account };
  const search = new URLSearchParams(query).toString();
  const path = `/w/${place.namespace.name}/object/${encodeURIComponent(id)}`;
  return `${path}${search === "" ? "" : `?${search}`}`;
}

/** The address of this page with some of its query changed; an empty value removes it. */
export function samePage(place: Place, changes: Record<string, string>): string {
  const search = new URLSearchParams(place.url.searchParams);
  for (const [name, value] of Object.entries(changes)) {
    if (value === "") search.delete(name);
    else search.set(name, value);
  }
  const text = search.toString();
  return `${place.url.pathname}${text === "" ? "" : `?${text}`}`;
}

/** The platform's world, from wherever in it one stands. */
export function platformOf(place: Place): World {
  return place.world.as(place.namespace.account);
}
