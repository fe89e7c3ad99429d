import { type Context, Hono } from "hono";
import { adminParams } from "#sandbox/admin/params";
import { deliveriesOf, queueAgain, releaseHeld } from "#sandbox/admin/webhooks";
import type { Engine } from "#sandbox/engine";
import { namespaceOf } from "#sandbox/protocol/authenticate";
import { invalidRequest, StripeError } from "#sandbox/protocol/errors";
import { type Params, readShape, type Shape } from "#sandbox/protocol/params";
import type { Namespace } from "#sandbox/world/namespace";
import type { Scheduler } from "#sandbox/world/scheduler";
import type { World } from "#sandbox/world/world";

/** What the admin plane needs of the resources: acts a person would do on a page. */
export interface AdminActs {
  completeCheckout(world: World, session: string, card: string): unknown;
  completeOnboarding(world: World, account: string): unknown;
}

/** `/_sandbox`: move time, look inside, break things on purpose. Each call sees its own key's world. */
export function adminRoutes(engine: Engine, scheduler: Scheduler, acts: AdminActs): Hono {
  const admin = new Hono();
  const at = <S extends Shape>(
    method: "get" | "post" | "delete",
    path: string,
    params: S,
    act: (namespace: Namespace, sent: Params<S>, context: Context) => unknown,
  ) => {
    admin[method](path, async (context) => {
      const namespace = engine.namespaces.open(namespaceOf(context.req.raw.headers));
      const sent = method === "post" ? await bodyOf(context) : {};
      return context.json((await act(namespace, readShape(params, sent), context)) as object);
    });
  };

  admin.get("/health", (context) => context.json({ ok: true }));
  at("get", "/clock", {}, (namespace) => ({ now: namespace.clock.now() }));
  at("post", "/clock", adminParams.clock, async (namespace, { advance_seconds, to }) => {
    const target = to ?? namespace.clock.now() + (advance_seconds ?? 0);
    if (target < namespace.clock.now()) throw invalidRequest("Time only moves forward.");
    const ran = await scheduler.advance(namespace, target);
    return { now: namespace.clock.now(), ran };
  });
  at("post", "/reset", {}, (namespace) => {
    engine.database.transaction(() => engine.namespaces.reset(namespace.name));
    engine.faults.clear(namespace.name);
    engine.requestLog.clear(namespace.name);
    return { reset: true };
  });
  at("post", "/settle", {}, async (namespace) => {
    await engine.deliverer.settle(namespace.name);
    return { settled: true };
  });
  at("get", "/requests", {}, (namespace) => ({ data: engine.requestLog.of(namespace.name) }));
  at("get", "/deliveries", {}, (namespace) => ({ data: deliveriesOf(engine, namespace) }));
  at("post", "/deliveries/replay", adminParams.replay, (namespace, { event }) => ({
    queued: queueAgain(engine, namespace, event),
  }));
  at("get", "/faults", {}, (namespace) => ({ data: engine.faults.list(namespace.name) }));
  at("post", "/faults", adminParams.faults, (namespace, { route, kind, count }) => {
    if (kind === "off") engine.faults.clear(namespace.name, route);
    else engine.faults.add(namespace.name, route, kind, count ?? 1);
    return { data: engine.faults.list(namespace.name) };
  });
  at("post", "/webhook-faults", adminParams.webhookFaults, (namespace, { kind, count }) => {
    if (kind === "off") engine.faults.clear(namespace.name, "webhooks");
    else if (kind === "reverse") setHolding(engine, namespace, true);
    else engine.faults.add(namespace.name, "webhooks", kind, count);
    return { data: engine.faults.list(namespace.name) };
  });
  at("post", "/webhooks/hold", {}, (namespace) => {
    setHolding(engine, namespace, true);
    return { holding: true };
  });
  at("post", "/webhooks/release", adminParams.release, async (namespace, how) => {
    if (how.keep_holding !== true) setHolding(engine, namespace, false);
    return releaseHeld(engine, namespace, how);
  });
  at("post", "/checkout/:session/complete", adminParams.checkout, (namespace, { card }, context) =>
    engine.inWorld({ namespace }, (world) =>
      acts.completeCheckout(world, context.req.param("session") ?? "", card ?? "4242424242424242"),
    ),
  );
  at("post", "/accounts/:account/onboard", {}, (namespace, _sent, context) =>
    engine.inWorld({ namespace }, (world) =>
      acts.completeOnboarding(world, context.req.param("account") ?? ""),
    ),
  );
  admin.notFound((context) => context.json(notFound(context), 404));
  admin.onError((error, context) => {
    const known = error instanceof StripeError ? error : undefined;
    if (known === undefined) console.error(error);
    const body = known?.body ?? { type: "api_error", message: String(error) };
    return context.json({ error: body }, (known?.status ?? 500) as 400);
  });
  return admin;
}

async function bodyOf(context: Context): Promise<Record<string, unknown>> {
  const text = await context.req.text();
  if (text === "") return {};
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw invalidRequest("The admin plane takes JSON.");
  }
}

function setHolding(engine: Engine, namespace: Namespace, isHolding: boolean): void {
  engine.database.transaction(() => {
    namespace.isHolding = isHolding;
    namespace.keep();
  });
}

function notFound(context: Context) {
  const message = `The admin plane has no ${context.req.method} ${context.req.path}.`;
  return { error: { type: "invalid_request_error", message } };
}
