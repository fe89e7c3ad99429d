import { Hono } from "hono";
import type { Engine } from "#sandbox/engine";

/** The pages a person opens. */
export function pageRoutes(_engine: Engine): Hono {
  return new Hono();
}
