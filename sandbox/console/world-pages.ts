import type { Context } from "hono";
import type { Place } from "#sandbox/console/place";

/** What answers an address of a world, by method and the path after the world's name. */
export type WorldPages = Record<
  string,
  (context: Context, place: Place) => Response | Promise<Response>
>;
