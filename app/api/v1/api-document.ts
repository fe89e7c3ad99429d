import { env } from "#lib/env";
import { type ApiDocument, describeApi, type RouteModules } from "#lib/web/api-document";

/** Every route file there is, found by the build: a route that exists is described. */
export const routeModules = import.meta.glob(["./**/route.ts", "!./openapi.json/route.ts"], {
  eager: true,
}) as RouteModules;

let known: ApiDocument | undefined;

/** The API's document, made once a process. */
export function apiDocument(): ApiDocument {
  known ??= describeApi(routeModules, new URL("/api/v1", env().LOCKSTEP_URL).href);
  return known;
}
