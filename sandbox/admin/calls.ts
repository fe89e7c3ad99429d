import { type AdminCall, call, type Plane } from "#sandbox/admin/call";
import { customerCalls } from "#sandbox/admin/customer-calls";
import {
  forgetProgress,
  readProgress,
  refuseWhileMade,
  startGenerating,
} from "#sandbox/admin/generate";
import { hasHistory } from "#sandbox/admin/has-history";
import { moneyCalls, whereIs } from "#sandbox/admin/money-calls";
import { adminParams } from "#sandbox/admin/params";
import { deliveriesOf, queueAgain, releaseHeld, setHolding } from "#sandbox/admin/webhooks";
import { changeBillingSettings } from "#sandbox/billing/billing-settings";
import { invalidRequest, StripeError } from "#sandbox/protocol/errors";
import { timestamp } from "#sandbox/protocol/params";
import type { World } from "#sandbox/world/world";

/** A world in which nothing has happened may begin in the past, to have a history made in it. */
function beginWorldAt({ engine, namespace }: Plane, instant: number) {
  if (hasHistory(engine, namespace))
    throw invalidRequest("Time only moves forward, once something has happened.");
  namespace.clock.beginAt(instant);
  engine.database.transaction(() => namespace.keep());
  return { now: namespace.clock.now(), ran: 0 };
}

// A decline happened: what it wrote is kept, and only then is it said.
function keepingDecline(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    if (error instanceof StripeError && error.keepsWrites) return error;
    throw error;
  }
}

/** Everything under `/_sandbox` that needs a key. */
export const adminCalls: Record<string, AdminCall> = {
  ...customerCalls,
  ...moneyCalls,
  "GET /clock": call({}, ({ namespace }) => ({ now: namespace.clock.now() })),
  "POST /clock": call(adminParams.clock, async (plane, { advance_seconds, to }) => {
    const { clock } = plane.namespace;
    const step = clock.now() + (advance_seconds ?? 0);
    const target = to ?? timestamp.read(step, "advance_seconds");
    if (target < clock.now()) return beginWorldAt(plane, target);
    const ran = await plane.scheduler.advance(plane.namespace, target);
    return { now: clock.now(), ran };
  }),
  "POST /reset": call({}, (plane) => {
    const { engine, namespace } = plane;
    refuseWhileMade(plane);
    forgetProgress(plane);
    engine.database.transaction(() => engine.namespaces.reset(namespace.name));
    engine.faults.clear(namespace.name);
    engine.requestLog.clear(namespace.name);
    return { reset: true };
  }),
  "POST /generate": call(adminParams.generate, (plane, wish) => startGenerating(plane, wish)),
  "GET /generate": call({}, (plane) => readProgress(plane)),
  "POST /billing": call(adminParams.billing, (plane, changes) =>
    plane.engine.inWorld({ namespace: plane.namespace }, (world) =>
      changeBillingSettings(world, changes),
    ),
  ),
  "POST /settle": call({}, async ({ engine, namespace }) => {
    await engine.deliverer.settle(namespace.name);
    return { settled: true };
  }),
  "GET /requests": call({}, ({ engine, namespace }) => ({
    data: engine.requestLog
      .of(namespace.name)
      .map(({ sent: _sent, answer: _answer, ...rest }) => rest),
  })),
  "GET /deliveries": call({}, ({ engine, namespace }) => ({
    data: deliveriesOf(engine, namespace),
  })),
  "POST /deliveries/replay": call(adminParams.replay, ({ engine, namespace }, { event }) => ({
    queued: queueAgain(engine, namespace, event),
  })),
  "GET /faults": call({}, ({ engine, namespace }) => ({
    data: engine.faults.list(namespace.name),
  })),
  "POST /faults": call(adminParams.faults, ({ engine, namespace }, sent) => {
    const { route, count = 1, ...fault } = sent;
    if (fault.kind === "off") engine.faults.clear(namespace.name, route);
    else engine.faults.add(namespace.name, route, fault, count);
    return { data: engine.faults.list(namespace.name) };
  }),
  "POST /keys": call(adminParams.keys, ({ engine, namespace }, { key, expired }) => {
    if (!new RegExp(`^(sk|rk|pk)_test_${namespace.name}$`).test(key)) {
      throw invalidRequest("This is no key of this world.", undefined, "key");
    }
    if (expired) engine.expiredKeys.add(key);
    else engine.expiredKeys.delete(key);
    return { key, expired };
  }),
  "POST /rate-limits": call(adminParams.rateLimits, ({ engine, namespace }, { per_second }) => {
    if (per_second !== "off" && per_second < 1) {
      const message = "`per_second` is at least 1, or 'off'.";
      throw invalidRequest(message, "parameter_invalid_integer", "per_second");
    }
    engine.rateLimits.set(namespace.name, per_second === "off" ? undefined : per_second);
    return { per_second: engine.rateLimits.of(namespace.name) ?? null };
  }),
  "POST /webhook-faults": call(adminParams.webhookFaults, (plane, { kind, count }) => {
    const { engine, namespace } = plane;
    if (kind === "off") engine.faults.clear(namespace.name, "webhooks");
    else if (kind === "reverse") setHolding(engine, namespace, true);
    else engine.faults.add(namespace.name, "webhooks", { kind }, count);
    return { data: engine.faults.list(namespace.name) };
  }),
  "POST /webhooks/hold": call({}, ({ engine, namespace }) => {
    setHolding(engine, namespace, true);
    return { holding: true };
  }),
  "POST /webhooks/release": call(adminParams.release, async ({ engine, namespace }, how) => {
    if (how.keep_holding !== true) setHolding(engine, namespace, false);
    return releaseHeld(engine, namespace, how);
  }),
  "POST /checkout/:id/complete": call(adminParams.checkout, (plane, { card, email }, id) => {
    const work = (world: World) =>
      keepingDecline(() =>
        plane.acts.completeCheckout(world, id, card ?? "4242424242424242", email),
      );
    const result = whereIs(plane, id, work);
    if (result instanceof StripeError) throw result;
    return result;
  }),
  "POST /accounts/:id/onboard": call({}, (plane, _sent, id) =>
    plane.engine.inWorld({ namespace: plane.namespace }, (world) =>
      plane.acts.completeOnboarding(world, id),
    ),
  ),
};
