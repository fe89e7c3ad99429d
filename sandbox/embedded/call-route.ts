import { readShape } from "#sandbox/protocol/params";
import { routes } from "#sandbox/resources/routes";
import type { World } from "#sandbox/world/world";

/** Does what the API does at a URL, with its own checks of the parameters and its own handler: an
 *  embedded component can do nothing that a request could not. Throws Stripe's errors. */
export function callRoute<Answer = Record<string, unknown>>(
  world: World,
  name: string,
  sent: Record<string, unknown> = {},
  path: Record<string, string> = {},
): Answer {
  const route = routes[name];
  if (route === undefined) throw new Error(`Invariant: ${name} is a route`);
  return route.run(world, readShape(route.params, sent), path) as Answer;
}
