import { env } from "#lib/env";
import { type ApiDocument, describeApi, type RouteModules } from "#lib/web/api-document";

/**
 * Every route file there is, found by the build: a route that exists is described. Loaded when
 * asked for, as the build makes modules that wait for others of each.
 */
const files = import.meta.glob(["./**/route.ts", "!./openapi.json/route.ts"]);

export async function loadRoutes(): Promise<RouteModules> {
  const loaded = await Promise.all(
    Object.entries(files).map(async ([path, load]) => [path, await load()] as const),
  );
  return Object.fromEntries(loaded) as RouteModules;
}

let known: Promise<ApiDocument> | undefined;

/** The API's document, made once a process. */
export function apiDocument(): Promise<ApiDocument> {
  known ??= loadRoutes().then((routes) =>
    describeApi(routes, new URL("/api/v1", env().LOCKSTEP_URL).href),
  );
  return known;
}
