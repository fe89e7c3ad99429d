import type { Engine } from "#sandbox/engine";
import type { Params, Shape } from "#sandbox/protocol/params";
import type { Namespace } from "#sandbox/world/namespace";
import type { Scheduler } from "#sandbox/world/scheduler";
import type { World } from "#sandbox/world/world";

/** What the admin plane works on: the caller's own namespace. */
export interface Plane {
  engine: Engine;
  scheduler: Scheduler;
  acts: AdminActs;
  namespace: Namespace;
}

/** What a person would do on a page, done without one. */
export interface AdminActs {
  completeCheckout(world: World, session: string, card: string, email?: string): unknown;
  completeOnboarding(world: World, account: string): unknown;
}

/** One admin call. */
export interface AdminCall {
  params: Shape;
  run(plane: Plane, sent: Params<Shape>, id: string): unknown;
}

/** Declares one. The table of parameters decides what it receives. */
export function call<S extends Shape>(
  params: S,
  run: (plane: Plane, sent: Params<S>, id: string) => unknown,
): AdminCall {
  return { params, run: (plane, sent, id) => run(plane, sent as Params<S>, id) };
}
